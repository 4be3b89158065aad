package dev.keyway.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the log into the form that the settings ask for. Until they are read it is as {@code
 * logback.xml} says: text from {@code INFO} on.
 */
public final class Logging {
  private static final String HOUSE = "dev.keyway";

  /** The one appender of {@code logback.xml}. */
  private static final String APPENDER = "STDERR";

  private Logging() {}

  /** Applies the settings to the program's log; without logback, as in tests, there is none. */
  public static void apply(LogSettings settings) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      apply(settings, context);
    }
  }

  static void apply(LogSettings settings, LoggerContext context) {
    context.getLogger(HOUSE).setLevel(Level.valueOf(settings.level().name()));
    var appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
    if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
      EncoderBase<ILoggingEvent> encoder =
          switch (settings.format()) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines();
          };
      encoder.setContext(context);
      encoder.start();
      stream.setEncoder(encoder);
    }
  }
}
