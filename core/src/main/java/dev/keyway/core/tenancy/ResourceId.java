package dev.keyway.core.tenancy;

/**
 * The id of a resource that a key can be scoped to, {@code res_…}.
 *
 * @param text the whole id
 */
public record ResourceId(String text) {
  public static final String PREFIX = "res_";

  @Override
  public String toString() {
    return text;
  }
}
