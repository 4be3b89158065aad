package dev.keyway.app.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found in one file, gathered so that its author sees all of them at once. */
public final class Mistakes {
  private static final int LONGEST_QUOTE = 60;

  private final String file;
  private final List<Mistake> found = new ArrayList<>();

  private record Mistake(int line, String text) {}

  /** No mistakes yet in {@code file}, which is named as its author would name it. */
  public Mistakes(String file) {
    this.file = file;
  }

  /** Adds a mistake. What it quotes cannot break its line or speak to a terminal. */
  public void add(int line, String text) {
    found.add(new Mistake(line, text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "\uFFFD")));
  }

  /** Adds a mistake in a node's value; the node's path leads the text. */
  public void add(YamlNode node, String text) {
    add(node.line(), node.path().isEmpty() ? text : node.path() + ": " + text);
  }

  /** Adds what a value must be, and what it is instead. Not for values that may be secret. */
  public void wrong(YamlNode node, String rule) {
    wrong(node, rule, "");
  }

  /** Records the same, and adds what might help. */
  public void wrong(YamlNode node, String rule, String afterwards) {
    add(node, rule + ", not " + described(node) + afterwards);
  }

  private static String described(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping _ -> "a mapping";
      case YamlNode.Sequence sequence -> sequence.items().isEmpty() ? "an empty list" : "a list";
      case YamlNode.Scalar scalar when scalar.text().length() > LONGEST_QUOTE ->
          "'" + scalar.text().substring(0, LONGEST_QUOTE) + "…'";
      case YamlNode.Scalar scalar -> "'" + scalar.text() + "'";
    };
  }

  int count() {
    return found.size();
  }

  /**
   * Ends the reading of a file.
   *
   * @throws MistakesException if anything was wrong
   */
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    throw new MistakesException(
        found.stream()
            .sorted(Comparator.comparingInt(Mistake::line))
            .map(mistake -> file + ":" + mistake.line() + ": " + mistake.text())
            .distinct()
            .toList());
  }
}
