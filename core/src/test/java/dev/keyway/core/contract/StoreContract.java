package dev.keyway.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditQuery;
import dev.keyway.core.audit.ListedEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.Denials;
import dev.keyway.core.verify.VerifiableKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts share: an empty store, a world to fill it with, and looks at what it holds.
 */
public abstract class StoreContract {
  /** A version that nothing in these tests ever reaches. */
  protected static final Precondition STALE = new Precondition(77L);

  protected Stores stores;
  protected World world;

  /** Opens a store that holds nothing. */
  protected abstract Stores open();

  @BeforeEach
  final void openStores() {
    stores = open();
    world = new World(stores);
  }

  @AfterEach
  final void closeStores() {
    stores.close();
  }

  /** The key as the store has it now. */
  protected final ApiKey stored(ApiKey key) {
    return stores.apiKeys().find(key.id()).orElseThrow().key();
  }

  /** The key's status now, in the store and in the world. */
  protected final KeyStatus status(ApiKey key) {
    return stored(key).statusAt(world.now());
  }

  /** What a verification would find. */
  protected final VerifiableKey verifiable(ApiKey key) {
    return stores.apiKeys().findForVerification(key.id()).orElseThrow();
  }

  /** Why a verification would refuse the key as such now; null when it would not. */
  protected final @Nullable DenialReason denial(ApiKey key) {
    return Denials.of(verifiable(key), world.now());
  }

  /** Whether the trail has the row, exactly once and as it was given. */
  protected final boolean isRecorded(AuditEvent event) {
    var everything =
        new AuditQuery(
            new AuditQuery.Visibility.Products(Set.of()), null, null, null, null, null, null, null);
    List<AuditEvent> rows =
        pages(page -> stores.auditLog().list(everything, page), PageRequest.MAX_LIMIT).stream()
            .map(ListedEvent::event)
            .filter(row -> row.id().equals(event.id()))
            .toList();
    assertThat(rows).hasSizeLessThan(2).allMatch(event::equals);
    return !rows.isEmpty();
  }

  /** Asserts that a change is the head of the sequence and is kept as it was answered. */
  protected final void assertCommitted(Change change, AuditEvent event, long seq) {
    assertThat(change.seq()).isEqualTo(seq);
    assertThat(stores.changeLog().head()).isEqualTo(seq);
    assertThat(stores.changeLog().find(seq)).contains(change);
    assertThat(isRecorded(event)).isTrue();
  }

  /** Asserts that a call that was given the event has written nothing. */
  protected final void assertUnwritten(AuditEvent event, long head) {
    assertThat(isRecorded(event)).isFalse();
    assertThat(stores.changeLog().head()).isEqualTo(head);
  }

  /** All rows of a list, read page by page with the cursor in its outside form. */
  protected static <T> List<T> pages(Function<PageRequest, Page<T>> list, int limit) {
    var rows = new ArrayList<T>();
    Cursor after = null;
    do {
      Page<T> page = list.apply(new PageRequest(limit, after));
      assertThat(page.data()).hasSizeLessThanOrEqualTo(limit);
      rows.addAll(page.data());
      Cursor next = page.next();
      assertThat(next == null || page.data().size() == limit).isTrue();
      after = next == null ? null : Cursor.decode(next.encode(), next.order());
    } while (after != null);
    return rows;
  }
}
