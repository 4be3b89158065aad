package dev.keyway.core.apikey;

import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;

/** Shows one key; never its secret. */
public final class GetApiKey {
  private final KeyAccess access;

  public GetApiKey(KeyAccess access) {
    this.access = access;
  }

  public ListedKey execute(Caller caller, ApiKeyId id) {
    return access.find(caller, id, Right.READ);
  }
}
