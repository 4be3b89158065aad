package dev.keyway.bench.measure;

/**
 * One contender's figure over another's, by the ratios within rounds: neighbours in time, so that a
 * drift of the machine is in both.
 *
 * @param ratio the median of the ratios
 */
public record Comparison(double ratio, double lowest, double highest) {
  /** What a comparison says about a goal. */
  public enum Verdict {
    MET("met"),
    MISSED("missed"),
    /** The bound lies within the spread of the rounds, which is wider than the gap to it. */
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
    return of(one.dividedBy(other));
  }

  /** The same of figures that are held against a bound as they are. */
  public static Comparison of(Series figures) {
    return new Comparison(figures.median(), figures.min(), figures.max());
  }

  public Verdict against(Goal goal) {
    boolean best = goal.isReachedBy(lowest);
    if (best != goal.isReachedBy(highest)) {
      return Verdict.NOT_RESOLVED;
    }
    return best ? Verdict.MET : Verdict.MISSED;
  }
}
