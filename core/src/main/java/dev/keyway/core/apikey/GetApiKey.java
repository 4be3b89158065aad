package dev.keyway.core.apikey;

import dev.keyway.core.change.Change;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import org.jspecify.annotations.Nullable;

/** Shows one key; never its secret. */
public final class GetApiKey {
  private final KeyAccess access;
  private final ApiKeyStore keys;

  public GetApiKey(KeyAccess access, ApiKeyStore keys) {
    this.access = access;
    this.keys = keys;
  }

  /**
   * A key as it stands.
   *
   * @param revokedBy the change that revoked it, which says since when that holds; null when it is
   *     not revoked
   */
  public record Result(ListedKey key, @Nullable Change revokedBy) {}

  public Result execute(Caller caller, ApiKeyId id) {
    ListedKey key = access.find(caller, id, Right.READ);
    Change revokedBy = key.key().revokedAt() == null ? null : keys.revocationOf(id).orElse(null);
    return new Result(key, revokedBy);
  }
}
