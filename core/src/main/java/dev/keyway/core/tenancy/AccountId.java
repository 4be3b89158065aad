package dev.keyway.core.tenancy;

/**
 * The id of a person or organisation that has keys in one product, {@code acc_…}.
 *
 * @param text the whole id
 */
public record AccountId(String text) {
  public static final String PREFIX = "acc_";

  @Override
  public String toString() {
    return text;
  }
}
