package dev.keyway.core.operator;

/**
 * The id of an operator key, {@code opk_…}: the 12 characters that the key itself carries.
 *
 * @param text the whole id
 */
public record OperatorKeyId(String text) {
  public static final String PREFIX = "opk_";

  @Override
  public String toString() {
    return text;
  }
}
