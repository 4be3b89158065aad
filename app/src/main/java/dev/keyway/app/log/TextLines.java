package dev.keyway.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Events for people: time, level, where from, message, then {@code name=value}. */
public final class TextLines extends EncoderBase<ILoggingEvent> {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new StringBuilder(200);
    String logger = event.getLoggerName();
    TIME.formatTo(event.getInstant(), line);
    line.append(' ').append("%-5s".formatted(event.getLevel())).append(' ');
    line.append(logger.substring(logger.lastIndexOf('.') + 1)).append(' ');
    line.append(EventText.oneLine(EventText.message(event)));
    for (var pair : EventText.pairs(event)) {
      String value = EventText.withoutSecrets(String.valueOf(pair.value));
      line.append(' ').append(pair.key).append('=').append(EventText.oneLine(value));
    }
    String exception = EventText.exception(event);
    if (exception != null) {
      line.append(" | ").append(EventText.oneLine(exception));
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
