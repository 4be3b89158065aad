package dev.keyway.core.usage;

import dev.keyway.core.RefusedException.Invalid;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time cut into hours or days, in UTC.
 *
 * @param from the beginning of the first step
 * @param to the end of the last one
 */
public record UsageRange(Instant from, Instant to, Step step) {

  /** What a range is cut into. */
  public enum Step {
    HOUR(ChronoUnit.HOURS, 7, 7),
    DAY(ChronoUnit.DAYS, 366, 30);

    private final ChronoUnit unit;
    private final int mostDays;
    private final int usualDays;

    Step(ChronoUnit unit, int mostDays, int usualDays) {
      this.unit = unit;
      this.mostDays = mostDays;
      this.usualDays = usualDays;
    }

    public Duration length() {
      return unit.getDuration();
    }

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Instant begin(Instant at) {
      return at.truncatedTo(unit);
    }

    private Instant end(Instant at) {
      Instant begin = begin(at);
      return begin.equals(at) ? at : begin.plus(length());
    }
  }

  /**
   * The whole steps in which {@code from} to {@code to} lies.
   *
   * @param from null for a usual time before {@code to}: 30 days in days, 7 in hours
   * @param to null for the end of the step of {@code now}
   * @throws Invalid when the range is empty or too long: more than 366 days in days, 7 in hours
   */
  public static UsageRange of(
      @Nullable Instant from, @Nullable Instant to, Step step, Instant now) {
    Instant last = to == null ? step.begin(now).plus(step.length()) : to;
    Instant first = from == null ? step.end(last).minus(Duration.ofDays(step.usualDays)) : from;
    if (!first.isBefore(last)) {
      throw Invalid.request("'from' must be before 'to'.");
    }
    // The step that has just begun is on top of what was asked for.
    Duration most = Duration.ofDays(step.mostDays);
    if (Duration.between(first, last).compareTo(to == null ? most.plus(step.length()) : most) > 0) {
      throw Invalid.request(
          "With step=%s, 'from' and 'to' can be at most %d days apart."
              .formatted(step.text(), step.mostDays));
    }
    return new UsageRange(step.begin(first), step.end(last), step);
  }

  /** The days up to and with the one that {@code now} is in. */
  public static UsageRange lastDays(int days, Instant now) {
    Instant to = Step.DAY.begin(now).plus(Step.DAY.length());
    return new UsageRange(to.minus(Duration.ofDays(days)), to, Step.DAY);
  }

  /** How many steps there are. */
  public int size() {
    return (int) Duration.between(from, to).dividedBy(step.length());
  }

  /** Whether an instant lies in the range. */
  boolean covers(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  /** The number of the step in which an instant of the range lies. */
  int indexOf(Instant at) {
    return (int) Duration.between(from, at).dividedBy(step.length());
  }

  /** When a step begins. */
  public Instant begin(int index) {
    return from.plus(step.length().multipliedBy(index));
  }
}
