package dev.keyway.core.verify;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.change.Place;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keys of account {@code acc_1} in workspace {@code ws_1} on {@code res_1}, and changes to them.
 */
public final class TestKeys {
  private TestKeys() {}

  /** The key whose id ends in {@code number}, read at a head of the sequence. */
  public static VerifiableKey key(int number, long asOf) {
    return key(number, asOf, null);
  }

  /** The key with this id and this digest. */
  static VerifiableKey key(ApiKeyId id, KeyDigest digest) {
    return key(id, digest, 0, null);
  }

  static VerifiableKey key(int number, long asOf, @Nullable Instant expiresAt) {
    var id = new ApiKeyId(String.format(Locale.ROOT, "%012d", number));
    return key(id, new KeyDigest(0, new byte[32]), asOf, expiresAt);
  }

  private static VerifiableKey key(
      ApiKeyId id, KeyDigest digest, long asOf, @Nullable Instant expiresAt) {
    var key =
        new ApiKey(
            id,
            "memo",
            null,
            null,
            new Scope(ScopeKind.RESOURCE, "res_1"),
            new AccountId("acc_1"),
            new WorkspaceId("ws_1"),
            null,
            digest,
            "x9Qa",
            Instant.EPOCH,
            expiresAt,
            null,
            null,
            1);
    return new VerifiableKey(key, true, "pro", asOf);
  }

  /** A change that takes rights and touches these. */
  public static Change narrowing(long seq, Entity... entities) {
    return narrowing(new Place(seq, 1), entities);
  }

  /** The same of a place. */
  public static Change narrowing(Place place, Entity... entities) {
    return new Change(
        place.seq(),
        place.mark(),
        Change.Direction.NARROWS,
        Instant.EPOCH,
        null,
        1,
        List.of(entities));
  }

  /** The key as an entity of a change. */
  public static Entity entity(VerifiableKey key) {
    return new Entity(Entity.Kind.KEY, key.key().id().toString());
  }
}
