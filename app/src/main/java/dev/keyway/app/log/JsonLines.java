package dev.keyway.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events for machines: a JSON object a line with {@code time}, {@code level}, {@code logger} and
 * {@code message}, then what belongs to the event, such as {@code request_id}, and {@code
 * exception}.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", TextLines.TIME.format(event.getInstant()));
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("message", EventText.message(event));
    for (var pair : EventText.pairs(event)) {
      line.putIfAbsent(pair.key, value(pair.value));
    }
    String exception = EventText.exception(event);
    if (exception != null) {
      line.put("exception", exception);
    }
    return (text(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private static Object value(Object value) {
    return value instanceof Number ? value : EventText.withoutSecrets(String.valueOf(value));
  }

  private static String text(Map<String, Object> line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
