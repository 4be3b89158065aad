package dev.keyway.core.product;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a product's keys expire, and what its users may choose. */
public sealed interface ExpiryPolicy {

  /**
   * No choice: every key lives as long (MEKO-6).
   *
   * @param life null for keys that never expire
   */
  record Fixed(@Nullable Duration life) implements ExpiryPolicy {}

  /** One of a list has to be chosen, and nothing else (MECHA-3). */
  record Choices(List<Choice> choices) implements ExpiryPolicy {
    public Choices {
      choices = List.copyOf(choices);
    }
  }

  /** Nothing, any date ahead, or one of a list (MEMO-3). */
  record Optional(List<Choice> choices) implements ExpiryPolicy {
    public Optional {
      choices = List.copyOf(choices);
    }
  }

  /**
   * One entry of a list.
   *
   * @param text as written by callers: {@code 7d} or {@code never}
   * @param life null for never
   */
  record Choice(String text, @Nullable Duration life) {
    public static final String NEVER = "never";
  }
}
