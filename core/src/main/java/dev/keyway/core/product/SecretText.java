package dev.keyway.core.product;

/** A text from the environment or a file that must not be printed, such as an upstream's secret. */
public final class SecretText {
  private final String text;

  public SecretText(String text) {
    this.text = text;
  }

  /** The text itself. Whoever calls this answers for where it goes. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "SecretText[redacted]";
  }
}
