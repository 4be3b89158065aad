package dev.keyway.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventStreamTest {
  private final List<String> messages = new ArrayList<>();
  private final EventStream stream = new EventStream(messages::add);

  @Test
  void read_takesDataOfEveryForm() throws IOException {
    read("event: message\nid: 7\ndata: {\"a\":1}\n\n: a comment\n\ndata:{\"b\":\ndata: 2}\r\n\r\n");

    assertThat(messages).containsExactly("{\"a\":1}", "{\"b\":\n2}");
    assertThat(stream.lastId()).isEqualTo("7");
  }

  @Test
  void read_ofAnEventThatWasCutOff_leavesItOut() throws IOException {
    read("data: whole\n\ndata: cut");

    assertThat(messages).containsExactly("whole");
  }

  private void read(String text) throws IOException {
    stream.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
