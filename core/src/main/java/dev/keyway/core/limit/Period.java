package dev.keyway.core.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The time in which a limit's requests may be made. */
public sealed interface Period {

  /** Any stretch of time of this length, wherever it begins. */
  record Rolling(Duration window) implements Period {
    public static final Duration LEAST = Duration.ofSeconds(1);
    public static final Duration GREATEST = Duration.ofDays(1);

    public Rolling {
      if (window.compareTo(LEAST) < 0 || window.compareTo(GREATEST) > 0) {
        throw new IllegalArgumentException("a window is from 1s to 1d");
      }
    }
  }

  /** A day or month of the calendar, in UTC. */
  enum Calendar implements Period {
    DAY(ChronoUnit.DAYS),
    MONTH(ChronoUnit.MONTHS);

    private final ChronoUnit unit;

    Calendar(ChronoUnit unit) {
      this.unit = unit;
    }

    /** When the period around an instant begins, both in epoch milliseconds. */
    public long startMillis(long epochMillis) {
      return millis(first(epochMillis));
    }

    /** When it ends, which is when the next one begins. */
    public long endMillis(long epochMillis) {
      return millis(first(epochMillis).plus(1, unit));
    }

    private LocalDate first(long epochMillis) {
      LocalDate day = Instant.ofEpochMilli(epochMillis).atZone(ZoneOffset.UTC).toLocalDate();
      return this == DAY ? day : day.withDayOfMonth(1);
    }

    private static long millis(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
  }
}
