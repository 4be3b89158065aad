package dev.keyway.bench.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowsLikeTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    execute("CREATE TABLE t (id TEXT PRIMARY KEY, kind TEXT, note TEXT)");
    execute("CREATE INDEX t_kind ON t (kind) WHERE note IS NULL");
    execute("INSERT INTO t VALUES ('a', 'x', NULL), ('b', 'y', 'n')");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void add_takesOverWhatTheRowDoesNotSay() throws SQLException {
    try (var rows = RowsLike.first(connection, "t", "kind = 'y'")) {
      rows.add(Map.of("id", "c"));
      rows.flush();
    }

    assertThat(one("SELECT kind || note FROM t WHERE id = 'c'")).isEqualTo("yn");
  }

  @Test
  void indexes_areAfterwardsAsTheyWere() throws SQLException {
    String query = "SELECT group_concat(sql) FROM sqlite_master WHERE type = 'index'";
    String before = one(query);
    var indexes = new Indexes(connection, "t");

    indexes.drop();
    assertThat(one("SELECT count(*) FROM sqlite_master WHERE name = 't_kind'")).isEqualTo("0");
    indexes.make();

    assertThat(one(query)).isEqualTo(before);
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String one(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
