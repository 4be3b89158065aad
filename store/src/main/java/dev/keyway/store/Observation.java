package dev.keyway.store;

/**
 * Something seen of a deployment by whoever looks after it.
 *
 * @param text a sentence; what to do about it if it is not good
 */
public record Observation(Weight weight, String text) {

  /** What it means for the service. */
  public enum Weight {
    GOOD,
    /** It works, and a promise is weaker than it could be. */
    WARNING,
    /** It does not work, or a promise does not hold. */
    PROBLEM
  }

  public static Observation good(String text) {
    return new Observation(Weight.GOOD, text);
  }

  public static Observation warning(String text) {
    return new Observation(Weight.WARNING, text);
  }

  public static Observation problem(String text) {
    return new Observation(Weight.PROBLEM, text);
  }
}
