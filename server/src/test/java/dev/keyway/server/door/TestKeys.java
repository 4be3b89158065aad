package dev.keyway.server.door;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerifiableKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keys in memory, which can be changed the way a store would change them. */
public final class TestKeys implements VerifiableKeys {
  private final ChangeSlots slots;
  private final KeyDigester digester;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong head = new AtomicLong();
  private final Map<ApiKeyId, ApiKey> stored = new ConcurrentHashMap<>();
  private final Map<ApiKeyId, VerifiableKey> cached = new ConcurrentHashMap<>();
  public volatile String plan = "pro";

  /** Runs in {@link #find}, where a real store would take its time; may throw. */
  public volatile Runnable beforeFind = () -> {};

  /** Runs after a key was read and before it is used. */
  public volatile Runnable afterFind = () -> {};

  public TestKeys(ChangeSlots slots, KeyDigester digester) {
    this.slots = slots;
    this.digester = digester;
  }

  /** A new key, warm in memory; the text is the whole key. */
  public Issued issue(String product, String prefix, @Nullable String resource) {
    KeyFormat.Generated made = KeyFormat.generate(prefix, random);
    var account = new AccountId("acc_0000000000000001");
    var workspace = new WorkspaceId("ws_0000000000000001");
    Scope scope =
        resource == null
            ? new Scope(ScopeKind.WORKSPACE, workspace.text())
            : new Scope(ScopeKind.RESOURCE, resource);
    var key =
        new ApiKey(
            made.key().id(),
            product,
            "test",
            null,
            scope,
            account,
            workspace,
            null,
            digester.digest(made.key()),
            made.suffix(),
            Instant.EPOCH,
            null,
            null,
            null,
            1);
    stored.put(key.id(), key);
    find(key.id());
    return new Issued(key.id(), made.secret().reveal());
  }

  /** Changes a key and raises its slot, and leaves open exchanges to the caller. */
  public Change change(ApiKeyId id, UnaryOperator<ApiKey> how) {
    stored.computeIfPresent(id, (_, key) -> how.apply(key));
    var change =
        new Change(
            head.incrementAndGet(),
            1,
            Change.Direction.NARROWS,
            Instant.now(),
            null,
            1,
            List.of(new Entity(Entity.Kind.KEY, id.toString())));
    slots.apply(change);
    return change;
  }

  public Change revoke(ApiKeyId id) {
    return change(id, key -> with(key, key.expiresAt(), Instant.now()));
  }

  public Change expire(ApiKeyId id, Instant at) {
    return change(id, key -> with(key, at, null));
  }

  /** Makes memory forget everything. */
  public void chill() {
    cached.clear();
  }

  @Override
  public @Nullable VerifiableKey ifCached(ApiKeyId id) {
    VerifiableKey key = cached.get(id);
    return key != null && key.isCurrent(slots) ? key : null;
  }

  @Override
  public Optional<VerifiableKey> find(ApiKeyId id) {
    beforeFind.run();
    long asOf = head.get();
    ApiKey key = stored.get(id);
    if (key == null) {
      return Optional.empty();
    }
    var verifiable = new VerifiableKey(key, true, plan, asOf);
    cached.put(id, verifiable);
    afterFind.run();
    return Optional.of(verifiable);
  }

  private static ApiKey with(ApiKey key, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
    return new ApiKey(
        key.id(),
        key.product(),
        key.name(),
        key.description(),
        key.scope(),
        key.createdBy(),
        key.workspace(),
        key.createdByKey(),
        key.digest(),
        key.suffix(),
        key.createdAt(),
        expiresAt,
        revokedAt,
        key.deactivatedAt(),
        key.version() + 1);
  }

  /**
   * A key a test holds.
   *
   * @param text the whole key
   */
  public record Issued(ApiKeyId id, String text) {
    public String bearer() {
      return "Authorization: Bearer " + text;
    }
  }
}
