package dev.keyway.core.tenancy;

/**
 * The id of a workspace, {@code ws_…}.
 *
 * @param text the whole id
 */
public record WorkspaceId(String text) {
  public static final String PREFIX = "ws_";

  @Override
  public String toString() {
    return text;
  }
}
