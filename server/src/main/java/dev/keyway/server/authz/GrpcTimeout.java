package dev.keyway.server.authz;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The header field by which a gRPC client says how long it will wait. */
final class GrpcTimeout {
  static final String HEADER = "grpc-timeout";

  private static final int MOST_DIGITS = 8;

  /** No question is worth waiting longer for, and what waits is kept. */
  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private GrpcTimeout() {}

  /**
   * In nanoseconds, and a minute at most; the greatest long for one that is not said, or not in the
   * right form.
   */
  static long nanos(@Nullable String value) {
    if (value == null || value.length() < 2 || value.length() > MOST_DIGITS + 1) {
      return Long.MAX_VALUE;
    }
    int last = value.length() - 1;
    long count = 0;
    for (int i = 0; i < last; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Long.MAX_VALUE;
      }
      count = count * 10 + digit;
    }
    TimeUnit unit = unit(value.charAt(last));
    return unit == null ? Long.MAX_VALUE : Math.min(MOST_NANOS, unit.toNanos(count));
  }

  private static @Nullable TimeUnit unit(char letter) {
    return switch (letter) {
      case 'H' -> TimeUnit.HOURS;
      case 'M' -> TimeUnit.MINUTES;
      case 'S' -> TimeUnit.SECONDS;
      case 'm' -> TimeUnit.MILLISECONDS;
      case 'u' -> TimeUnit.MICROSECONDS;
      case 'n' -> TimeUnit.NANOSECONDS;
      default -> null;
    };
  }
}
