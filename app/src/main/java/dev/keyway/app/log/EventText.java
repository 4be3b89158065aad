package dev.keyway.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** The parts of an event as text that may be written down. */
final class EventText {
  /**
   * An id and a secret. Nothing logs a key; should a message of somebody else's bring one along,
   * its secret stays out all the same.
   */
  private static final Pattern KEY = Pattern.compile("([0-9A-Za-z]{12})[0-9A-Za-z]{43,}");

  private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n\\u0085\\u2028\\u2029]+\\s*");
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

  private EventText() {}

  static String message(ILoggingEvent event) {
    return withoutSecrets(String.valueOf(event.getFormattedMessage()));
  }

  static List<KeyValuePair> pairs(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null ? List.of() : pairs;
  }

  static @Nullable String exception(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null ? null : withoutSecrets(ThrowableProxyUtil.asString(thrown).strip());
  }

  static String withoutSecrets(String text) {
    return KEY.matcher(text).replaceAll("$1…");
  }

  /** One line: a break inside would let the rest pass for another event, a control for anything. */
  static String oneLine(String text) {
    return CONTROLS.matcher(LINE_BREAKS.matcher(text).replaceAll(" | ")).replaceAll("?");
  }
}
