package dev.keyway.app.command;

import dev.keyway.app.config.StorePlace;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.NewOperatorKey;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import java.util.List;

/** What stands behind {@code operator-key}: the operator keys of a store that no server uses. */
public interface OperatorKeys {

  /**
   * Makes one.
   *
   * @throws CommandFailedException for what the user can mend
   */
  NewOperatorKey create(Start installation, CreateOperatorKey.Command command);

  /** All of them, revoked ones included, newest first. */
  List<OperatorKey> list(StorePlace place);

  /**
   * Revokes one.
   *
   * @throws CommandFailedException when there is none of this id
   */
  void revoke(StorePlace place, OperatorKeyId id);
}
