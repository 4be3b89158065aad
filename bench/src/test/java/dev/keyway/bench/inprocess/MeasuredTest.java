package dev.keyway.bench.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  @Test
  void of_hasAnAverageForEachFork() throws Exception {
    String json =
        """
        {"params": {"digest": "pepper", "keys": "valid"},
         "primaryMetric": {"rawData": [[500, 700], [400, 400]]},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[96, 96], [96, 98]]}}}
        """;

    var measured = Measured.of(new ObjectMapper().readTree(json));

    assertThat(measured.name()).isEqualTo("valid, with a pepper");
    assertThat(measured.nanos().max()).isEqualTo(600);
    assertThat(measured.nanos().min()).isEqualTo(400);
    assertThat(measured.bytes().max()).isEqualTo(97);
  }
}
