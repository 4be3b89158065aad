package dev.keyway.client;

/** Why there is no decision. */
public enum UnavailableReason {
  /** No whole answer came in time. */
  TIMEOUT(true),
  /** No connection, or one that broke. */
  UNREACHABLE(true),
  /** A server error that is not Keyway's own word, such as that of a proxy before it. */
  SERVER_ERROR(false),
  /** Keyway answered that it cannot decide now, which a flood of made-up keys can bring about. */
  KEYWAY_CANNOT_DECIDE(false),
  /** The calls before this one got no answer in time, so none is made for a while. */
  CIRCUIT_OPEN(true),
  /** The call could not even be begun, which tells nothing of Keyway. */
  NOT_BEGUN(false),
  /** As many calls as allowed are already under way. */
  TOO_MANY_CALLS(false),
  /** Keyway's door answers 404: this host is not in {@code control.internal-networks}. */
  DOOR_CLOSED(false),
  /** Keyway does not take the operator key, or it lacks the right {@code verify}. */
  OPERATOR_KEY_REFUSED(false),
  /** What answered does not speak as Keyway does: a redirect, a page, a broken text. */
  FOREIGN_ANSWER(false);

  private final boolean outage;

  UnavailableReason(boolean outage) {
    this.outage = outage;
  }

  /**
   * Whether Keyway cannot be reached in time. The others may be caused by requests of somebody's
   * choosing or by a setting that is wrong; nothing may ever be let through for them.
   */
  public boolean isOutage() {
    return outage;
  }
}
