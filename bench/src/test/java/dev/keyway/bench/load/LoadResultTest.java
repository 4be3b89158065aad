package dev.keyway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadResultTest {
  private static final String OUTPUT =
      """
      Running 1s test @ http://127.0.0.1:17810/x
        1 threads and 4 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency    76.17us  241.29us   3.97ms   98.01%
          Req/Sec    62.91k     5.19k   68.58k    60.00%
        62538 requests in 1.00s, 9.13MB read
      Requests/sec:  62476.52
      Transfer/sec:      9.12MB

      summary {"requests":62538,"micros":1000984,"bytes":9573333,"broken":2,"refused":7,"p50":47,"p99":981}
      """;

  @Test
  void parse_readsTheScriptsLineAmongWrksOwn() {
    assertThat(LoadResult.parse(OUTPUT))
        .isEqualTo(new LoadResult(62538, 1000984, 9573333, 2, 7, 47, 981));
  }

  @Test
  void requestsPerSecond_areThoseThatWrkPrints() {
    assertThat(LoadResult.parse(OUTPUT).requestsPerSecond())
        .isEqualTo(62476.52, org.assertj.core.api.Assertions.within(0.01));
  }

  @Test
  void parse_withoutSummary_showsWhatWrkSaid() {
    assertThatThrownBy(() -> LoadResult.parse("unable to connect to 127.0.0.1:9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unable to connect");
  }

  @Test
  void parse_incompleteSummary_isRefused() {
    assertThatThrownBy(() -> LoadResult.parse("summary {\"requests\":1}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LoadResult.parse("summary {\"requests\""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
