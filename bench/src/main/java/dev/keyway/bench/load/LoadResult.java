package dev.keyway.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What wrk saw.
 *
 * @param broken requests without an answer: connection, read and write errors, time-outs
 * @param refused answers with a status of 400 or more
 * @param p50Micros median latency; wrk corrects its latencies for coordinated omission
 */
public record LoadResult(
    long requests,
    long micros,
    long bytes,
    long broken,
    long refused,
    long p50Micros,
    long p99Micros) {
  private static final String MARK = "summary ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the line that the script adds to wrk's own output. */
  static LoadResult parse(String output) {
    String line =
        output
            .lines()
            .filter(candidate -> candidate.startsWith(MARK))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("wrk gave no summary:\n" + output));
    try {
      JsonNode summary = JSON.readTree(line.substring(MARK.length()));
      return new LoadResult(
          summary.required("requests").asLong(),
          summary.required("micros").asLong(),
          summary.required("bytes").asLong(),
          summary.required("broken").asLong(),
          summary.required("refused").asLong(),
          summary.required("p50").asLong(),
          summary.required("p99").asLong());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("wrk's summary is no JSON: " + line, e);
    }
  }

  public double requestsPerSecond() {
    return requests * 1e6 / micros;
  }
}
