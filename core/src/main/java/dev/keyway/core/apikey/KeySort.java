package dev.keyway.core.apikey;

import dev.keyway.core.Cursor;
import dev.keyway.core.Order;
import dev.keyway.core.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In which order a list shows keys; ids decide between equal values. */
public record KeySort(By by, Direction direction) {
  public static final KeySort NEWEST_FIRST = new KeySort(By.CREATED_AT, Direction.DESCENDING);

  /** The keys used last come first, those never used last. */
  public static final KeySort USED_LAST_FIRST = new KeySort(By.LAST_USED_AT, Direction.DESCENDING);

  /** What keys are ordered by. */
  public enum By {
    CREATED_AT,
    /** Whatever its case. */
    NAME,
    EXPIRES_AT,
    LAST_USED_AT
  }

  /** Which way the values go. */
  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  /** Every order there is. */
  public static List<KeySort> all() {
    return Stream.of(By.values())
        .flatMap(by -> Stream.of(Direction.values()).map(way -> new KeySort(by, way)))
        .toList();
  }

  /** The order of this {@link #text}. */
  public static Optional<KeySort> of(String text) {
    return all().stream().filter(sort -> sort.text().equals(text)).findFirst();
  }

  /** The form in the API: a field of the key, with a minus before it when it descends. */
  public String text() {
    String field = by.name().toLowerCase(Locale.ROOT);
    return direction == Direction.DESCENDING ? "-" + field : field;
  }

  public Order order() {
    return new Order(
        text(),
        by == By.NAME ? Order.Values.TEXTS : Order.Values.TIMES,
        by == By.CREATED_AT ? Order.Presence.ALWAYS : Order.Presence.SOMETIMES);
  }

  /** Where the list goes on after a row. */
  public Cursor cursor(ListedKey row) {
    ApiKey key = row.key();
    String name = key.name();
    String value =
        switch (by) {
          case CREATED_AT -> millis(key.createdAt());
          case NAME -> name == null ? null : Texts.folded(name);
          case EXPIRES_AT -> millis(key.expiresAt());
          case LAST_USED_AT -> millis(row.lastUsedAt());
        };
    return new Cursor(order(), value, key.id().toString());
  }

  private static @Nullable String millis(@Nullable Instant at) {
    return at == null ? null : String.valueOf(at.toEpochMilli());
  }
}
