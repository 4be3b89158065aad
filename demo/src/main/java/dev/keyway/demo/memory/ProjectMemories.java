package dev.keyway.demo.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What each project was told to remember, in memory; the oldest goes when there is too much. */
public final class ProjectMemories {

  private static final int MOST_PER_PROJECT = 1_000;
  private static final int MOST_RECALLED = 10;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final InstantSource clock;
  private final Map<String, Deque<Memory>> byProject = new ConcurrentHashMap<>();

  /** A text and when it was remembered. */
  record Memory(String text, Instant at) {}

  private record Scored(Memory memory, long score) {}

  public ProjectMemories(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds a text to a project; answers how many the project has now. */
  int remember(String project, String text) {
    Deque<Memory> memories = byProject.computeIfAbsent(project, _ -> new ArrayDeque<>());
    synchronized (memories) {
      if (memories.size() == MOST_PER_PROJECT) {
        memories.removeFirst();
      }
      memories.addLast(new Memory(text, clock.instant()));
      return memories.size();
    }
  }

  /** The project's memories that share words with the query, those sharing most first. */
  List<Memory> recall(String project, String query) {
    Set<String> wanted = words(query);
    return all(project).stream()
        .map(memory -> new Scored(memory, shared(wanted, memory)))
        .filter(it -> it.score() > 0)
        .sorted(Comparator.comparingLong(Scored::score).reversed())
        .limit(MOST_RECALLED)
        .map(Scored::memory)
        .toList();
  }

  private List<Memory> all(String project) {
    Deque<Memory> memories = byProject.get(project);
    if (memories == null) {
      return List.of();
    }
    synchronized (memories) {
      return List.copyOf(memories);
    }
  }

  private static long shared(Set<String> wanted, Memory memory) {
    return words(memory.text()).stream().filter(wanted::contains).count();
  }

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT))));
  }
}
