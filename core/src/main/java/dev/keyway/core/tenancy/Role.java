package dev.keyway.core.tenancy;

import java.util.Locale;

/** What a member may do in a workspace. */
public enum Role {
  /** Sees and revokes every key of the workspace, and changes its members (MEMO-7). */
  OWNER,
  /** Makes keys, sees and revokes their own. */
  MEMBER;

  /** The form in the API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
