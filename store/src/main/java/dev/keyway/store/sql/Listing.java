package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * A list that is shown in pages, newest first.
 *
 * @param select all of the statement before {@code WHERE}
 * @param time the column of the time that orders it
 * @param id the column of the id that orders rows of one time
 */
record Listing<T>(
    String select, String time, String id, RowMapper<T> row, Function<T, Cursor> cursor) {

  Page<T> page(Handle handle, Conditions conditions, PageRequest page) {
    var query = conditions.bindTo(handle.createQuery(sql(conditions, page)));
    Cursor after = page.after();
    if (after != null) {
      query.bind("afterTime", after.at().toEpochMilli()).bind("afterId", after.id());
    }
    // One row more than shown tells whether there is a next page.
    List<T> rows = query.bind("rows", page.limit() + 1).map(row).list();
    return Page.of(rows, page.limit(), cursor);
  }

  String sql(Conditions conditions, PageRequest page) {
    String following =
        page.after() == null ? "" : " AND (" + time + ", " + id + ") < (:afterTime, :afterId)";
    return select
        + " WHERE "
        + conditions.sql()
        + following
        + (" ORDER BY " + time + " DESC, " + id + " DESC LIMIT :rows");
  }
}
