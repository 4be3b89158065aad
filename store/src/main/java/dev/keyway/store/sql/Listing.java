package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.Order;
import dev.keyway.core.Order.Presence;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * A list that is shown in pages. Rows without the value it is ordered by are read after the others,
 * by a statement of their own: no database need agree with another on where nulls belong.
 *
 * @param select all of the statement before {@code WHERE}
 */
record Listing<T>(String select, Ranking ranking, RowMapper<T> row, Function<T, Cursor> cursor) {

  /**
   * By what rows are ordered.
   *
   * @param column that of the value
   * @param id that of the id, which orders rows of one value
   */
  record Ranking(String column, String id, Way way, Presence presence) {}

  /** Which way a list goes. */
  enum Way {
    ASC(">"),
    DESC("<");

    private final String following;

    Way(String following) {
      this.following = following;
    }
  }

  /** A list by the column of a time that every row has, newest first. */
  static <T> Listing<T> newestFirst(
      String select, String time, String id, RowMapper<T> row, Function<T, Cursor> cursor) {
    return new Listing<>(select, new Ranking(time, id, Way.DESC, Presence.ALWAYS), row, cursor);
  }

  /** Reads a page in one snapshot: no row moves from one statement's rows to the other's. */
  Page<T> page(Handle handle, Conditions conditions, PageRequest page) {
    return ranking.presence == Presence.ALWAYS
        ? read(handle, conditions, page)
        : handle.inTransaction(snapshot -> read(snapshot, conditions, page));
  }

  private Page<T> read(Handle handle, Conditions conditions, PageRequest page) {
    var rows = new ArrayList<T>();
    // One row more than shown tells whether there is a next page.
    int wanted = page.limit() + 1;
    for (Conditions part : parts(page.after())) {
      if (rows.size() < wanted) {
        var query = handle.createQuery(sql(conditions, part));
        rows.addAll(
            part.bindTo(conditions.bindTo(query))
                .bind("rows", wanted - rows.size())
                .map(row)
                .list());
      }
    }
    return Page.of(rows, page.limit(), cursor);
  }

  /** The statements of a page, in their order. */
  List<String> sql(Conditions conditions, PageRequest page) {
    return parts(page.after()).stream().map(part -> sql(conditions, part)).toList();
  }

  private String sql(Conditions conditions, Conditions part) {
    return "%s WHERE %s AND %s ORDER BY %s %6$s, %s %6$s LIMIT :rows"
        .formatted(select, conditions.sql(), part.sql(), ranking.column, ranking.id, ranking.way);
  }

  /** What follows a row: the rest of those with a value, then those without. */
  private List<Conditions> parts(@Nullable Cursor after) {
    var parts = new ArrayList<Conditions>();
    if (after == null || after.value() != null) {
      parts.add(withValue(after));
    }
    if (ranking.presence == Presence.SOMETIMES) {
      parts.add(withoutValue(after == null || after.value() != null ? null : after));
    }
    return parts;
  }

  private Conditions withValue(@Nullable Cursor after) {
    var part = new Conditions();
    if (after != null) {
      Object value =
          after.order().values() == Order.Values.TIMES
              ? after.at().toEpochMilli()
              : String.valueOf(after.value());
      return part.and(
              "(%s, %s) %s (:afterValue, :afterId)"
                  .formatted(ranking.column, ranking.id, ranking.way.following),
              "afterValue",
              value)
          .with("afterId", after.id());
    }
    return ranking.presence == Presence.ALWAYS ? part : part.and(ranking.column + " IS NOT NULL");
  }

  private Conditions withoutValue(@Nullable Cursor after) {
    var part = new Conditions().and(ranking.column + " IS NULL");
    return after == null
        ? part
        : part.and(ranking.id + " " + ranking.way.following + " :afterId", "afterId", after.id());
  }
}
