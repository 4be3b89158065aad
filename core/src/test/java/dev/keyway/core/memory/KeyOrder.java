package dev.keyway.core.memory;

import dev.keyway.core.Cursor;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.apikey.KeySort.By;
import dev.keyway.core.apikey.KeySort.Direction;
import java.util.Comparator;

/** Compares rows of a sorted list by their cursors. */
final class KeyOrder implements Comparator<Cursor> {
  private final KeySort sort;

  KeyOrder(KeySort sort) {
    this.sort = sort;
  }

  @Override
  public int compare(Cursor one, Cursor other) {
    String value = one.value();
    String otherValue = other.value();
    int order;
    if (value == null || otherValue == null) {
      if ((value == null) != (otherValue == null)) {
        return value == null ? 1 : -1;
      }
      order = 0;
    } else {
      order = sort.by() == By.NAME ? value.compareTo(otherValue) : one.at().compareTo(other.at());
    }
    int decided = order == 0 ? one.id().compareTo(other.id()) : order;
    return sort.direction() == Direction.DESCENDING ? -decided : decided;
  }
}
