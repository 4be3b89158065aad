package dev.keyway.demo.transcription;

import dev.keyway.demo.transcription.Transcription.Segment;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A file format that a transcription can be taken out in. */
enum ExportFormat {
  TXT("text/plain; charset=utf-8") {
    @Override
    String write(Transcription transcription) {
      return transcription.segments().stream()
          .map(segment -> segment.speaker() + ": " + segment.text() + "\n")
          .collect(Collectors.joining());
    }
  },
  SRT("application/x-subrip; charset=utf-8") {
    @Override
    String write(Transcription transcription) {
      List<Segment> segments = transcription.segments();
      return IntStream.range(0, segments.size())
          .mapToObj(i -> cue(i + 1, segments.get(i)))
          .collect(Collectors.joining("\n"));
    }
  },
  JSON("application/json") {
    @Override
    String write(Transcription transcription) {
      return Json.text(transcription.detail());
    }
  };

  private final String contentType;

  ExportFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The format of that name, plain text where none is named; an unknown one is refused. */
  static ExportFormat named(@Nullable String name) {
    if (name == null) {
      return TXT;
    }
    return Arrays.stream(values())
        .filter(format -> format.extension().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("The format must be one of " + names() + "."));
  }

  static List<String> names() {
    return Arrays.stream(values()).map(ExportFormat::extension).toList();
  }

  abstract String write(Transcription transcription);

  String contentType() {
    return contentType;
  }

  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String cue(int number, Segment segment) {
    return "%d\n%s --> %s\n%s: %s\n"
        .formatted(
            number,
            clock(segment.start()),
            clock(segment.end()),
            segment.speaker(),
            segment.text());
  }

  private static String clock(Duration time) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d,%03d",
        time.toHours(),
        time.toMinutesPart(),
        time.toSecondsPart(),
        time.toMillisPart());
  }
}
