package dev.keyway.bench.profile;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What Flight Recorder saw of the event loops.
 *
 * @param samples how often each frame was the innermost
 * @param locks the waits for each lock and place
 */
record Recording(Map<String, Integer> samples, Map<String, Wait> locks) {
  private static final String EVENT_LOOP = "eventloop";

  Recording {
    samples = Map.copyOf(samples);
    locks = Map.copyOf(locks);
  }

  /** Waits for one lock. */
  record Wait(int times, long nanos) {
    Wait and(Wait other) {
      return new Wait(times + other.times, nanos + other.nanos);
    }
  }

  static Recording read(Path file) {
    var samples = new HashMap<String, Integer>();
    var locks = new HashMap<String, Wait>();
    try (var recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        add(recording.readEvent(), samples, locks);
      }
    } catch (IOException e) {
      throw new BenchException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return new Recording(samples, locks);
  }

  private static void add(
      RecordedEvent event, Map<String, Integer> samples, Map<String, Wait> locks) {
    String name = event.getEventType().getName();
    switch (name) {
      case "jdk.ExecutionSample", "jdk.NativeMethodSample" -> {
        if (isOfAnEventLoop(event, "sampledThread")) {
          samples.merge(place(event), 1, Integer::sum);
        }
      }
      case "jdk.JavaMonitorEnter" -> {
        if (isOfAnEventLoop(event, "eventThread")) {
          String lock = event.getClass("monitorClass").getName() + " in " + place(event);
          locks.merge(lock, waited(event), Wait::and);
        }
      }
      case "jdk.ThreadPark" -> {
        if (isOfAnEventLoop(event, "eventThread")) {
          locks.merge("parked in " + place(event), waited(event), Wait::and);
        }
      }
      default -> {
        // The recording tells of more than is asked here.
      }
    }
  }

  private static Wait waited(RecordedEvent event) {
    return new Wait(1, event.getDuration().toNanos());
  }

  private static boolean isOfAnEventLoop(RecordedEvent event, String field) {
    var thread = event.getThread(field);
    String name = thread == null ? null : thread.getJavaName();
    return name != null && name.contains(EVENT_LOOP);
  }

  /** The innermost frame that is not the JDK's own, or the innermost of all. */
  private static String place(RecordedEvent event) {
    var trace = event.getStackTrace();
    if (trace == null || trace.getFrames().isEmpty()) {
      return "an unknown place";
    }
    @Nullable RecordedFrame found = null;
    for (RecordedFrame frame : trace.getFrames()) {
      if (frame.isJavaFrame() && !frame.getMethod().getType().getName().startsWith("java.")) {
        found = frame;
        break;
      }
    }
    RecordedFrame frame = found == null ? trace.getFrames().getFirst() : found;
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  int waits() {
    return locks.values().stream().mapToInt(Wait::times).sum();
  }

  double waitedMillis() {
    return locks.values().stream().mapToLong(Wait::nanos).sum() / 1e6;
  }

  /** The frames with most samples, the most frequent first. */
  Map<String, Integer> topFrames(int most) {
    var top = new LinkedHashMap<String, Integer>();
    samples.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(most)
        .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
    return top;
  }
}
