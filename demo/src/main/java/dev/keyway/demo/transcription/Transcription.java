package dev.keyway.demo.transcription;

import dev.keyway.demo.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recording that was turned into text.
 *
 * @param language a BCP 47 tag
 * @param workspace the workspace whose members may read it
 */
record Transcription(
    String id,
    String title,
    String language,
    Instant createdAt,
    String workspace,
    List<Segment> segments) {

  /** What one speaker said, and when within the recording. */
  record Segment(Duration start, Duration end, String speaker, String text) {

    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json =
          Json.ordered("start_ms", start.toMillis(), "end_ms", end.toMillis());
      json.put("speaker", speaker);
      json.put("text", text);
      return json;
    }
  }

  Duration duration() {
    return segments.getLast().end();
  }

  /** The members that lists show. */
  Map<String, @Nullable Object> summary() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("title", title);
    json.put("language", language);
    json.put("duration_seconds", duration().toSeconds());
    json.put("created_at", createdAt.toString());
    json.put("workspace", workspace);
    return json;
  }

  /** The summary and the text. */
  Map<String, @Nullable Object> detail() {
    Map<String, @Nullable Object> json = summary();
    json.put("segments", segments.stream().map(Segment::json).toList());
    return json;
  }
}
