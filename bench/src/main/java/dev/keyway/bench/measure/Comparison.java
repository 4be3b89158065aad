package dev.keyway.bench.measure;

/**
 * One contender's cost over another's.
 *
 * @param ratio of the medians
 * @param lowest of the ratios in one round
 * @param highest of the ratios in one round
 */
public record Comparison(double ratio, double lowest, double highest) {
  /** What a comparison says about a bound. */
  public enum Verdict {
    /** Within the bound in every round. */
    WITHIN("within"),
    /** Beyond the bound in every round. */
    BEYOND("beyond"),
    /** The rounds disagree: their spread is wider than the gap to the bound. */
    NOT_RESOLVED("not resolved");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public static Comparison of(Series one, Series other) {
    Series rounds = one.dividedBy(other);
    return new Comparison(one.median() / other.median(), rounds.min(), rounds.max());
  }

  public Verdict against(double bound) {
    if (Math.max(ratio, highest) <= bound) {
      return Verdict.WITHIN;
    }
    return Math.min(ratio, lowest) > bound ? Verdict.BEYOND : Verdict.NOT_RESOLVED;
  }
}
