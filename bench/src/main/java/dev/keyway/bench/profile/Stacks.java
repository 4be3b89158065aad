package dev.keyway.bench.profile;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collapsed stacks of the event loops' threads: frames from the outermost inwards, split by
 * semicolons, and a weight. The outermost names the thread; of allocations the innermost is the
 * class.
 */
record Stacks(List<Stack> stacks) {
  private static final String EVENT_LOOP = "eventloop";

  Stacks {
    stacks = List.copyOf(stacks);
  }

  /** One stack with its weight: samples or bytes. */
  record Stack(List<String> frames, double weight) {
    Stack {
      frames = List.copyOf(frames);
    }
  }

  /** A name's part of all. */
  record Share(String name, double weight, double percent) {}

  static Stacks read(Path file) {
    try (var lines = Files.lines(file)) {
      return of(lines.toList());
    } catch (IOException e) {
      throw new BenchException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static Stacks of(List<String> lines) {
    return new Stacks(lines.stream().map(Stacks::stack).filter(Stacks::isOfAnEventLoop).toList());
  }

  private static Stack stack(String line) {
    int blank = line.lastIndexOf(' ');
    return new Stack(
        List.of(line.substring(0, blank).split(";", -1)),
        Double.parseDouble(line.substring(blank + 1)));
  }

  private static boolean isOfAnEventLoop(Stack stack) {
    return stack.frames().getFirst().contains(EVENT_LOOP);
  }

  /** The same weights for each of so many requests. */
  Stacks per(long requests) {
    return new Stacks(
        stacks.stream()
            .map(stack -> new Stack(stack.frames(), stack.weight() / requests))
            .toList());
  }

  double total() {
    return stacks.stream().mapToDouble(Stack::weight).sum();
  }

  /** The innermost, the heaviest first: frames, or what was allocated. */
  List<Share> top(int most) {
    var weights = new HashMap<String, Double>();
    for (Stack stack : stacks) {
      weights.merge(readable(stack.frames().getLast()), stack.weight(), Double::sum);
    }
    double total = total();
    return weights.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(most)
        .map(entry -> new Share(entry.getKey(), entry.getValue(), 100 * entry.getValue() / total))
        .toList();
  }

  /** {@code java/lang/String.hashCode_[j]} as a reader of Java writes it. */
  private static String readable(String frame) {
    return frame.replaceFirst("_\\[[0-9a-z]]$", "").replace('/', '.').replace("|", "\\|");
  }
}
