package dev.keyway.core.operator;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;

/** Lists operator keys to an operator who may manage; never a secret. */
public final class ListOperatorKeys {
  private final OperatorKeyStore keys;

  public ListOperatorKeys(OperatorKeyStore keys) {
    this.keys = keys;
  }

  public Page<OperatorKey> execute(Caller caller, PageRequest page) {
    CreateOperatorKey.unlimited(caller, Right.MANAGE);
    return keys.list(page);
  }
}
