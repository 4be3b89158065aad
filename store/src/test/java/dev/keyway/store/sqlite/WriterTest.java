package dev.keyway.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.RefusedException;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.contract.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void run_groupWithFailures_onlyTheyAreUndone() {
    List<Job<?>> group = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      group.add(
          job(handle -> {
            insert(handle, "name" + number);
            if (number == 4) {
              throw new RefusedException.PreconditionFailed();
            }
            if (number == 7) {
              insert(handle, "name7");
            }
          }));
    }
    runAsOneGroup(group);

    assertThatThrownBy(() -> group.get(4).await(LONG))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThatThrownBy(() -> group.get(7).await(LONG)).isInstanceOf(UnavailableException.class);
    assertThat(group.get(9).await(LONG)).isEqualTo(true);
    assertThat(names())
        .containsExactly("name0", "name1", "name2", "name3", "name5", "name6", "name8", "name9");
  }

  @Test
  void run_commitFails_nobodyIsToldOtherwise() {
    Job<?> sound = job(handle -> insert(handle, "one"));
    Job<?> refused =
        job(_ -> {
          throw new RefusedException.PreconditionFailed();
        });
    // A deferred constraint is one that only the commit looks at.
    Job<?> faulty =
        job(handle -> {
          handle.execute("PRAGMA defer_foreign_keys = 1");
          handle.execute("INSERT INTO change_entity VALUES (99, 'key', 'key_x')");
        });
    List<Job<?>> group = List.of(sound, refused, faulty);
    runAsOneGroup(group);

    for (Job<?> job : group) {
      assertThatThrownBy(() -> job.await(LONG)).isInstanceOf(UnavailableException.class);
    }
    assertThat(names()).isEmpty();
    database.run(handle -> insert(handle, "afterwards"));
    assertThat(names()).containsExactly("afterwards");
  }

  @Test
  void run_brokenConnection_stillAnswers() {
    Job<?> job = job(handle -> insert(handle, "one"));
    Handle closed = Jdbi.create(url()).open();
    closed.close();
    new Writer(closed, new JobQueue(1)).run(List.of(job), closed);

    assertThatThrownBy(() -> job.await(LONG)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void await_noAnswerInTime_isUnavailableAndSaysThatTheOutcomeIsUnknown() {
    Job<?> stuck = job(handle -> insert(handle, "one"));

    assertThatThrownBy(() -> stuck.await(Duration.ofMillis(10)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("not known");
  }

  @Test
  void write_many_allAreSeenByTheNextRead() {
    List<Boolean> seen =
        Together.run(
            200,
            number -> {
              database.run(handle -> insert(handle, "name" + number));
              return names().contains("name" + number);
            });

    assertThat(seen).hasSize(200).doesNotContain(false);
    assertThat(names()).hasSize(200);
  }

  @Test
  void write_failure_doesNotTellTheValues() {
    database.run(handle -> insert(handle, "hunter2"));

    assertThatThrownBy(() -> database.run(handle -> insert(handle, "hunter2")))
        .isInstanceOf(UnavailableException.class)
        .satisfies(failure -> {
          for (Throwable at = failure; at != null; at = at.getCause()) {
            assertThat(String.valueOf(at)).doesNotContain("hunter2");
          }
        });
  }

  @Test
  void close_stuckInTheDatabase_leavesTheThreadBehind() {
    var stuck = new CountDownLatch(1);
    var queue = new JobQueue(1);
    try (Handle handle = Jdbi.create(url()).open()) {
      var reader = new Reader(1, handle, queue);
      Job<Boolean> job =
          new Job<>(used -> {
            awaitQuietly(stuck);
            return used.isClosed();
          });
      reader.start();
      queue.add(job);
      queue.close();
      reader.close(Duration.ofMillis(20));
      stuck.countDown();

      assertThat(job.await(LONG)).as("closed under its user").isFalse();
      reader.close(LONG);
      assertThat(handle.isClosed()).isTrue();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void add_fullQueue_isUnavailable() {
    var queue = new JobQueue(2);
    queue.add(new Job<>(_ -> 1));
    queue.add(new Job<>(_ -> 2));

    assertThatThrownBy(() -> queue.add(new Job<>(_ -> 3))).isInstanceOf(UnavailableException.class);
    assertThat(queue.take(10)).hasSize(2);
    queue.add(new Job<>(_ -> 4));
    queue.close();
    assertThat(queue.take(10)).hasSize(1);
    assertThat(queue.take(10)).isEmpty();
  }

  @Test
  void write_otherProcessHoldsTheLock_isUnavailableAndRecovers() {
    try (Handle other = Jdbi.create(url()).open()) {
      database.run(handle -> handle.execute("PRAGMA busy_timeout = 50"));
      other.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> database.run(handle -> insert(handle, "blocked")))
          .isInstanceOf(UnavailableException.class);
      other.execute("ROLLBACK");
    }
    database.run(handle -> insert(handle, "free"));
    assertThat(names()).containsExactly("free");
  }

  private void runAsOneGroup(List<Job<?>> group) {
    try (Handle handle = Jdbi.create(url()).open()) {
      handle.execute("PRAGMA foreign_keys = 1");
      new Writer(handle, new JobQueue(1)).run(group, handle);
    }
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE_NAME);
  }

  private static Job<Boolean> job(Consumer<Handle> work) {
    return new Job<>(handle -> {
      work.accept(handle);
      return true;
    });
  }

  private List<String> names() {
    return database.read(handle ->
        handle.createQuery("SELECT name FROM secret ORDER BY name").mapTo(String.class).list());
  }

  private static void insert(Handle handle, String name) {
    handle.execute("INSERT INTO secret (name, value) VALUES (?, ?)", name, new byte[1]);
  }
}
