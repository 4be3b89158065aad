package dev.keyway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Deadline;
import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.contract.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a transaction in PostgreSQL promises. */
class PostgresDatabaseTest {
  private PostgresStores stores;
  private PostgresDatabase database;

  @BeforeEach
  void open() {
    stores = PostgresStores.open();
    database = (PostgresDatabase) stores.database();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void write_manyThatReadWhatOthersWrite_runAsIfOneAfterAnother() {
    var attempts = new AtomicInteger();
    List<Integer> counted =
        Together.run(
            40,
            number ->
                database.write(handle -> {
                  attempts.incrementAndGet();
                  int rows = rows(handle);
                  insert(handle, "name" + number);
                  return rows;
                }));

    assertThat(counted).as("each saw all that went before").doesNotHaveDuplicates().hasSize(40);
    assertThat(attempts).as("some lost a race and ran again").hasValueGreaterThan(40);
  }

  @Test
  void write_throughTwoPools_runAsIfOneAfterAnother() {
    try (var other = PostgresDatabase.open(stores.settings())) {
      List<Long> heads =
          Together.run(
              40,
              number ->
                  (number % 2 == 0 ? database : other)
                      .write(handle -> {
                        handle.execute("UPDATE epoch SET head = head + 1");
                        return handle.createQuery("SELECT head FROM epoch").mapTo(Long.class).one();
                      }));
      assertThat(heads).doesNotHaveDuplicates().hasSize(40).contains(1L, 40L);
    }
  }

  @Test
  void write_refusedByTheWork_writesNothingAndThrowsWhatTheWorkThrew() {
    var refusal = new IllegalArgumentException("no");

    assertThatThrownBy(() ->
            database.run(handle -> {
              insert(handle, "one");
              throw refusal;
            }))
        .isSameAs(refusal);
    assertThat(database.<Integer>read(PostgresDatabaseTest::rows)).isZero();
  }

  @Test
  void write_failure_doesNotTellTheValues() {
    database.run(handle -> insert(handle, "hunter2"));

    assertThatThrownBy(() -> database.run(handle -> insert(handle, "hunter2")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("23505")
        .satisfies(failure -> {
          for (Throwable at = failure; at != null; at = at.getCause()) {
            assertThat(String.valueOf(at)).doesNotContain("hunter2");
          }
        });
  }

  @Test
  void write_callerLeavesBeforeTheCommit_isNeverCommitted() {
    var left = new CountDownLatch(1);
    var over = new CountDownLatch(1);

    assertThatThrownBy(() ->
            Deadline.runWithin(
                Duration.ofMillis(100),
                System::nanoTime,
                () ->
                    database.run(handle -> {
                      insert(handle, "late");
                      await(left);
                      over.countDown();
                    })))
        .isExactlyInstanceOf(UnavailableException.class);
    left.countDown();
    await(over);

    database.run(handle -> insert(handle, "next"));
    assertThat(names()).containsExactly("next");
  }

  @Test
  void write_othersHoldTheRow_isUnavailableAndUndone() {
    try (var other = new Session(stores.settings())) {
      other.execute("BEGIN");
      other.execute("UPDATE epoch SET head = head");

      assertThatThrownBy(() ->
              Deadline.runWithin(
                  Duration.ofMillis(200),
                  System::nanoTime,
                  () -> database.run(handle -> handle.execute("UPDATE epoch SET head = 7"))))
          .isExactlyInstanceOf(UnavailableException.class);
      other.execute("ROLLBACK");
    }
    database.run(handle -> insert(handle, "free"));
    assertThat(names()).containsExactly("free");
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void write_connectionsEndedByTheServer_failAndThenGoOn() {
    PostgresServer.shared()
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> 'postgres'");

    // Those that waited in the pool are found out one by one; nobody has to start anew.
    answered(() -> database.run(handle -> insert(handle, "again")));
    answered(this::names);
    assertThat(names()).containsExactly("again");
    assertThat(database.isWritable()).isTrue();
  }

  @Test
  void read_severalStatementsInATransaction_seeOneSnapshot() {
    List<Integer> seen =
        database.read(handle ->
            handle.inTransaction(snapshot -> {
              int before = rows(snapshot);
              database.run(other -> insert(other, "meanwhile"));
              return List.of(before, rows(snapshot));
            }));

    assertThat(seen).containsExactly(0, 0);
    assertThat(names()).containsExactly("meanwhile");
  }

  @Test
  void read_thatWrites_isRefused() {
    assertThatThrownBy(() ->
            database.read(handle ->
                handle.inTransaction(snapshot -> {
                  insert(snapshot, "one");
                  return true;
                })))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("25006");
  }

  @Test
  @DisplayName("ALL-5 a commit that warns is neither a success nor a failure")
  void write_commitWarns_isUnknown() {
    PostgresServer.execute(
        stores.settings(),
        """
        CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE WARNING 'canceling wait for synchronous replication due to user request';
          RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER warns AFTER INSERT ON secret
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()
        """);
    try {
      assertThatThrownBy(() -> database.run(handle -> insert(handle, "one")))
          .isInstanceOf(OutcomeUnknownException.class);
    } finally {
      PostgresServer.execute(stores.settings(), "DROP FUNCTION warn CASCADE");
    }
  }

  @Test
  void write_commitBreaksARule_isUndoneAndSaysSo() {
    PostgresServer.execute(
        stores.settings(),
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'no' USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        CREATE CONSTRAINT TRIGGER refuses AFTER INSERT ON secret
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()
        """);
    try {
      assertThatThrownBy(() -> database.run(handle -> insert(handle, "one")))
          .isExactlyInstanceOf(UnavailableException.class);
      assertThat(names()).isEmpty();
    } finally {
      PostgresServer.execute(stores.settings(), "DROP FUNCTION refuse CASCADE");
    }
  }

  @Test
  void write_whateverTheServersDefault_waitsForTheCommitToLast() {
    String level =
        database.write(handle ->
            handle
                .createQuery(
                    "SELECT current_setting('synchronous_commit') || ' '"
                        + " || current_setting('transaction_isolation')")
                .mapTo(String.class)
                .one());

    assertThat(level).isEqualTo("on serializable");
  }

  @Test
  void close_writeUnderWay_isFinishedAndNothingMoreIsTaken() {
    var begun = new CountDownLatch(1);
    var closing = new CountDownLatch(1);
    var other = PostgresDatabase.open(stores.settings());
    var written =
        CompletableFuture.runAsync(() ->
            other.run(handle -> {
              begun.countDown();
              await(closing);
              insert(handle, "last");
            }));
    await(begun);
    var closed = CompletableFuture.runAsync(other::close);
    awaitClosed(other);
    closing.countDown();

    written.join();
    closed.join();
    assertThat(names()).containsExactly("last");
  }

  @Test
  void toString_ofSettings_tellsNoSecret() {
    var settings = new PostgresSettings("jdbc:postgresql://h/d?x=hunter2", "u", "hunter2", 4);

    assertThat(settings).asString().doesNotContain("hunter2");
  }

  /** Calls until it is answered. */
  private static void answered(Runnable call) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        call.run();
        return;
      } catch (UnavailableException e) {
        assertThat(System.nanoTime()).as("still not answered").isLessThan(deadline);
      }
    }
  }

  private static void awaitClosed(PostgresDatabase other) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String said = "";
    while (!said.contains("closed")) {
      assertThat(System.nanoTime()).as("still open").isLessThan(deadline);
      try {
        var _ = other.<Integer>read(PostgresDatabaseTest::rows);
      } catch (UnavailableException e) {
        said = String.valueOf(e.getMessage());
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> names() {
    return database.read(handle ->
        handle.createQuery("SELECT name FROM secret ORDER BY name").mapTo(String.class).list());
  }

  private static int rows(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM secret").mapTo(Integer.class).one();
  }

  private static void insert(Handle handle, String name) {
    handle.execute("INSERT INTO secret (name, value) VALUES (?, ?)", name, new byte[1]);
  }
}
