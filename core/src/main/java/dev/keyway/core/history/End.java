package dev.keyway.core.history;

import java.util.Locale;

/**
 * What one thing became by a change that took rights away.
 *
 * @param what happened to it
 * @param id the whole public id
 * @param detail what else has to be known; empty for nothing
 */
public record End(What what, String id, String detail) {

  /** What can happen to a thing; the detail is given where there is one. */
  public enum What {
    KEY_REVOKED,
    KEY_DEACTIVATED,
    /** Detail: when, in milliseconds since 1970. */
    KEY_EXPIRES,
    OPERATOR_KEY_REVOKED,
    ACCOUNT_SUSPENDED,
    ACCOUNT_DELETED,
    WORKSPACE_DELETED,
    /** Detail: the plan's slug. */
    WORKSPACE_PLAN,
    RESOURCE_DELETED,
    /** The id is the workspace's; detail: the account that left it. */
    MEMBER_LEFT;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static What of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
