package dev.keyway.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class McpSessionIdsTest {
  private static final String KEY = "key_aaaaaaaaaaaa";
  private static final String OTHER_KEY = "key_bbbbbbbbbbbb";
  private final McpSessionIds ids = new McpSessionIds(new byte[32]);

  @Test
  void unbind_sameKey_isTheUpstreamsId() {
    String bound = ids.bind("session.1", KEY);

    assertThat(bound).startsWith("session.1.").hasSize("session.1.".length() + 43);
    assertThat(ids.unbind(bound, KEY)).isEqualTo("session.1");
  }

  @Test
  void unbind_anotherKeyTagOrSecret_isNull() {
    String bound = ids.bind("session", KEY);
    byte[] otherSecret = new byte[32];
    Arrays.fill(otherSecret, (byte) 1);

    assertThat(ids.unbind(bound, OTHER_KEY)).isNull();
    assertThat(ids.unbind("session", KEY)).isNull();
    assertThat(ids.unbind("session.", KEY)).isNull();
    assertThat(ids.unbind("x" + bound, KEY)).isNull();
    assertThat(ids.unbind(bound + "A", KEY)).isNull();
    assertThat(new McpSessionIds(otherSecret).unbind(bound, KEY)).isNull();
  }
}
