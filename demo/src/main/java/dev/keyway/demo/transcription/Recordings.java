package dev.keyway.demo.transcription;

import dev.keyway.demo.transcription.Transcription.Segment;
import dev.keyway.demo.web.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Invents the transcriptions of a workspace: always the same for the same workspace, and ids that
 * no other workspace has. The talk comes from {@code recordings.json}.
 */
final class Recordings {

  private static final Instant FIRST_DAY = Instant.parse("2026-09-01T08:00:00Z");
  private static final int DAYS = 75;
  private static final int FEWEST = 4;

  private final List<Script> scripts;

  /** What may be said in a recording, a speaker and a sentence a line. */
  private record Script(String title, String language, List<String> lines) {

    static Script of(Object json) {
      return Json.object(Json.text(json))
          .map(script ->
              new Script(
                  String.valueOf(script.get("title")),
                  String.valueOf(script.get("language")),
                  texts(script.get("lines"))))
          .orElseThrow();
    }
  }

  private Recordings(List<Script> scripts) {
    this.scripts = scripts;
  }

  static Recordings load() {
    try (InputStream in = Recordings.class.getResourceAsStream("recordings.json")) {
      byte[] text = Objects.requireNonNull(in, "recordings.json is not packed").readAllBytes();
      List<?> scripts = (List<?>) Json.object(text).orElseThrow().get("scripts");
      return new Recordings(
          Objects.requireNonNull(scripts).stream().<Script>map(Script::of).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The transcriptions of a workspace, newest first. */
  List<Transcription> of(String workspace) {
    Random random = new Random(ByteBuffer.wrap(digest(workspace)).getLong());
    List<Script> chosen = new ArrayList<>(scripts);
    Collections.shuffle(chosen, random);
    int count = FEWEST + random.nextInt(scripts.size() - FEWEST + 1);
    return chosen.subList(0, count).stream()
        .map(script -> record(script, workspace, random))
        .sorted(Comparator.comparing(Transcription::createdAt).reversed())
        .toList();
  }

  private static Transcription record(Script script, String workspace, Random random) {
    String id = "tr_" + HexFormat.of().formatHex(digest(workspace + "\n" + script.title()), 0, 8);
    Instant createdAt =
        FIRST_DAY.plus(Duration.ofDays(random.nextInt(DAYS))).plusSeconds(random.nextInt(36_000));
    return new Transcription(
        id, script.title(), script.language(), createdAt, workspace, speak(script, random));
  }

  private static List<Segment> speak(Script script, Random random) {
    List<Segment> segments = new ArrayList<>();
    Duration at = Duration.ZERO;
    for (String line : script.lines()) {
      String[] speakerAndText = line.split(": ", 2);
      Duration end = at.plusMillis(60L * line.length() + random.nextInt(800));
      segments.add(new Segment(at, end, speakerAndText[0], speakerAndText[1]));
      at = end.plusMillis(200 + random.nextInt(900));
    }
    return List.copyOf(segments);
  }

  private static List<String> texts(@org.jspecify.annotations.Nullable Object list) {
    return list instanceof List<?> items ? items.stream().map(String::valueOf).toList() : List.of();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
