package dev.keyway.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Says in the log why nobody can decide, at most once in ten seconds. */
final class Complaints {
  private static final Logger LOGGER = System.getLogger("dev.keyway.client");
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final URI url;
  private final LongSupplier nanoTime;
  private final AtomicLong next;

  Complaints(URI url, LongSupplier nanoTime) {
    this.url = url;
    this.nanoTime = nanoTime;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  void about(UnavailableReason reason, @Nullable Throwable cause) {
    long now = nanoTime.getAsLong();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
      LOGGER.log(Level.WARNING, "Keyway at {0} gives no decision: {1}", url, text(reason, cause));
    }
  }

  private static String text(UnavailableReason reason, @Nullable Throwable cause) {
    return switch (reason) {
      case DOOR_CLOSED ->
          "the forward-auth door is closed; name this host's address in"
              + " control.internal-networks of keyway.yaml";
      case OPERATOR_KEY_REFUSED -> "the operator key is not accepted, or lacks the right verify";
      case FOREIGN_ANSWER -> "what answers is not Keyway; check the url";
      case TOO_MANY_CALLS -> "too many calls are under way";
      case CIRCUIT_OPEN -> "the calls before failed; one tries again soon";
      case KEYWAY_CANNOT_DECIDE -> "it says that it cannot decide";
      case SERVER_ERROR -> "something before it answers with a server error";
      case TIMEOUT -> "no answer in time";
      case UNREACHABLE -> "no connection" + because(cause);
      case NOT_BEGUN -> "the call could not be begun" + because(cause);
    };
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null ? "" : " (" + innermost(cause) + ")";
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : innermost(cause);
  }
}
