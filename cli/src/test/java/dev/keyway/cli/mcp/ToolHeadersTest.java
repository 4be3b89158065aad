package dev.keyway.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ToolHeadersTest {
  private final ToolHeaders headers = new ToolHeaders();

  @Test
  void of_aToolThatAsksForThem_repeatsItsArguments() {
    headers.learn(
        Messages.read(
            """
            {"result":{"tools":[{"name":"find","inputSchema":{"type":"object","properties":{
              "region":{"type":"string","x-mcp-header":"Region"},
              "query":{"type":"string"},
              "page":{"type":"object","properties":{"size":{"type":"integer","x-mcp-header":"Size"}}},
              "bad":{"type":"string","x-mcp-header":"a: b\\r\\n"}}}}]}}
            """));

    assertThat(
            headers.of(
                Messages.read(
                    """
                    {"name":"find","arguments":{"region":"Zürich","query":"q","page":{"size":5},"bad":"x"}}
                    """)))
        .containsOnly(
            Map.entry("Mcp-Param-Region", "=?base64?WsO8cmljaA==?="),
            Map.entry("Mcp-Param-Size", "5"));
    assertThat(headers.of(Messages.read("{\"name\":\"find\",\"arguments\":{\"region\":null}}")))
        .isEmpty();
    assertThat(headers.of(Messages.read("{\"name\":\"other\"}"))).isEmpty();
  }
}
