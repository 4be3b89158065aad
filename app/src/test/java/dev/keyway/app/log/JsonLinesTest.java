package dev.keyway.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {

  @Test
  void event_isOneObject_withItsPairsAndException() throws Exception {
    var context = new LoggerContext();
    var event =
        new LoggingEvent(
            "",
            context.getLogger("dev.keyway.a.B"),
            Level.ERROR,
            "a\nb \"{}\"",
            new IllegalStateException("x\ny"),
            new Object[] {"c"});
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("request_id", "req_1"),
            new KeyValuePair("took_ms", 7),
            new KeyValuePair("level", "forged")));

    String line = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);

    assertThat(line.strip().lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.at("/message").asText()).isEqualTo("a\nb \"c\"");
    assertThat(json.at("/level").asText()).isEqualTo("ERROR");
    assertThat(json.at("/logger").asText()).isEqualTo("dev.keyway.a.B");
    assertThat(json.at("/request_id").asText()).isEqualTo("req_1");
    assertThat(json.at("/took_ms").asInt()).isEqualTo(7);
    assertThat(json.at("/exception").asText()).contains("IllegalStateException: x\ny");
  }
}
