package dev.keyway.demo.datapack;

import dev.keyway.demo.web.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Figures that a datapack gives for a question: invented, and the same whenever asked again. */
final class SampleFigures {

  private static final int QUARTERS = 4;

  private SampleFigures() {}

  static List<Map<String, @Nullable Object>> about(String datapackId, String question) {
    Random random = new Random(31L * datapackId.hashCode() + question.hashCode());
    return IntStream.rangeClosed(1, QUARTERS)
        .mapToObj(quarter ->
            Json.ordered("quarter", "2026-Q" + quarter, "value", 100 + random.nextInt(900)))
        .toList();
  }
}
