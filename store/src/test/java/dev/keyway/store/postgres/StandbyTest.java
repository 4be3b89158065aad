package dev.keyway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Deadline;
import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.Place;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Commits that wait for a standby which does not come. */
class StandbyTest {
  private static final String WAITING =
      "FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = 'keyway'";

  private PostgresServer server;
  private PostgresDatabase database;

  @BeforeEach
  void open() {
    server = PostgresServer.with();
    server.execute("CREATE DATABASE one");
    database = PostgresDatabase.open(server.settings("one"));
    server.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    server.execute("SELECT pg_reload_conf()");
    server.await("SELECT current_setting('synchronous_standby_names') = 'nobody'");
  }

  @AfterEach
  void close() {
    server.execute("ALTER SYSTEM RESET synchronous_standby_names");
    server.execute("SELECT pg_reload_conf()");
    database.close();
    server.close();
  }

  @Test
  @DisplayName(
      "ALL-5 whether a commit that waits for its standby lasts is not known, and reads go on")
  void write_standbyGone_isUnknownAtTheCallersDeadline() {
    assertThatThrownBy(
            () -> Deadline.runWithin(Duration.ofMillis(500), System::nanoTime, () -> insert("one")))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(
            database.<Integer>read(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one()))
        .isEqualTo(1);
  }

  @Test
  void write_waitIsCut_isUnknownThoughTheServerSaysCommitted() {
    var outcome = CompletableFuture.supplyAsync(this::failureOfInsert);
    server.await("SELECT count(*) = 1 " + WAITING);
    server.execute("SELECT pg_cancel_backend(pid) " + WAITING);

    assertThat(outcome.join()).isInstanceOf(OutcomeUnknownException.class);
    assertThat(names()).as("committed here").containsExactly("one");
  }

  @Test
  void write_connectionLostInTheCommit_isUnknown() {
    var outcome = CompletableFuture.supplyAsync(this::failureOfInsert);
    server.await("SELECT count(*) = 1 " + WAITING);
    server.execute("SELECT pg_terminate_backend(pid) " + WAITING);

    assertThat(outcome.join()).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  @DisplayName("ALL-5 a lease whose row may not be on the standby is none: a join")
  void join_waitIsCut_isRefusedThoughTheServerSaysCommitted() {
    assertThat(cutOff(() -> database.leases().join("a", List.of(), Place.START)))
        .hasMessageContaining("committed with a warning");
    assertThat(
            database.<List<String>>read(
                handle -> handle.createQuery("SELECT id FROM node").mapTo(String.class).list()))
        .as("committed here")
        .containsExactly("a");
  }

  @Test
  @DisplayName("ALL-5 a lease whose row may not be on the standby is none: a renewal")
  void renew_waitIsCut_isRefusedThoughTheServerSaysCommitted() {
    PostgresServer.execute(
        server.settings("one"),
        "SET synchronous_commit = local;"
            + " INSERT INTO node (id, number, acked, name) VALUES ('a', 0, 0, 'x')");

    assertThat(cutOff(() -> database.leases().renew("a", 1, Place.START)))
        .hasMessageContaining("committed with a warning");
    assertThat(
            database.<Long>read(
                handle -> handle.createQuery("SELECT number FROM node").mapTo(Long.class).one()))
        .as("committed here")
        .isEqualTo(1);
  }

  @Test
  @DisplayName("ALL-5 after a failed renewal every pool asks anew which server is the primary")
  void renew_failed_opensAllConnectionsAnew() {
    assertThat(names()).isEmpty();
    server.execute(
        "SET synchronous_commit = local; CREATE TABLE before AS"
            + " SELECT pid FROM pg_stat_activity WHERE application_name = 'keyway'");

    var _ = cutOff(() -> database.leases().join("a", List.of(), Place.START));

    server.await(
        "SELECT NOT EXISTS (SELECT 1 FROM before JOIN pg_stat_activity USING (pid)"
            + " WHERE application_name = 'keyway') AND EXISTS (SELECT 1 FROM before)");
    assertThat(names()).isEmpty();
  }

  /** What is heard of a commit whose wait for the standby is cut off. */
  private UnavailableException cutOff(Supplier<?> work) {
    var outcome = CompletableFuture.supplyAsync(() -> failureOf(work));
    server.await("SELECT count(*) = 1 " + WAITING);
    server.execute("SELECT pg_cancel_backend(pid) " + WAITING);
    return outcome.join();
  }

  private UnavailableException failureOfInsert() {
    return failureOf(() -> {
      insert("one");
      return "done";
    });
  }

  private static UnavailableException failureOf(Supplier<?> work) {
    try {
      throw new IllegalStateException("it was answered: " + work.get());
    } catch (UnavailableException e) {
      return e;
    }
  }

  private void insert(String name) {
    database.run(handle ->
        handle.execute("INSERT INTO secret (name, value) VALUES (?, ?)", name, new byte[1]));
  }

  private List<String> names() {
    return database.read(
        handle -> handle.createQuery("SELECT name FROM secret").mapTo(String.class).list());
  }
}
