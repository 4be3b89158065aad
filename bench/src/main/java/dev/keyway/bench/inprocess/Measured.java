package dev.keyway.bench.inprocess;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.bench.measure.Series;
import java.util.ArrayList;

/**
 * One of JMH's results.
 *
 * @param nanos a decision's time, an average for each fork
 * @param bytes what a decision allocated, an average for each fork
 */
record Measured(String digest, String keys, Series nanos, Series bytes) {
  static Measured of(JsonNode result) {
    JsonNode parameters = result.required("params");
    return new Measured(
        parameters.required("digest").asText(),
        parameters.required("keys").asText(),
        forks(result.required("primaryMetric")),
        forks(result.required("secondaryMetrics").required("gc.alloc.rate.norm")));
  }

  private static Series forks(JsonNode metric) {
    var averages = new ArrayList<Double>();
    for (JsonNode fork : metric.required("rawData")) {
      double sum = 0;
      for (JsonNode iteration : fork) {
        sum += iteration.asDouble();
      }
      averages.add(sum / fork.size());
    }
    return Series.of(averages);
  }

  /** Whether the node was one of several. */
  boolean isInCluster() {
    return keys.equals("valid-in-cluster");
  }

  String name() {
    return (isInCluster() ? "valid, one of several nodes" : keys)
        + (digest.equals("pepper") ? ", with a pepper" : ", without a pepper");
  }
}
