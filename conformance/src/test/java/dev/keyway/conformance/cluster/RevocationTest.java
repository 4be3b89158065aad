package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised of three nodes, one situation after the other. */
final class RevocationTest {
  /**
   * What a call takes beside waiting for leases: a node that stands still in the midst of a write
   * holds others up for 3 s, and the machine has other things to do.
   */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** Who listens has asked for nothing since. */
  private static final String END_LISTENERS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'";

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.start(3);
    Streams.offer(fleet.upstream());
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  @DisplayName("ALL-3 once a revocation is answered, no node accepts the key, and all confirmed it")
  void revoke_holdsOnEveryNode_whenItIsAnswered() {
    for (Node revoking : fleet.nodes()) {
      NewKey key = fleet.key();
      fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(200));

      Answer answer = revoke(revoking, key).expect(200);

      fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(401));
      assertThat(answer.text("revocation.nodes.confirmed")).isEqualTo("3");
      assertThat(answer.text("revocation.nodes.total")).isEqualTo("3");
      assertThat(answer.text("revocation.effective_at")).isNotBlank();
    }
  }

  @Test
  @DisplayName("ALL-3 streams of a revoked key are over on every node before the call returns")
  void revoke_endsStreamsOnEveryNode() {
    NewKey key = fleet.key();
    var streams = new ArrayList<Streams.Open>();
    fleet.nodes().forEach(node -> streams.add(Streams.Open.at(node, key)));

    revoke(fleet.node(0), key).expect(200);
    long answered = System.nanoTime();

    for (Streams.Open stream : streams) {
      Eventually.holds("the end of a stream", SLACK, stream::isOver);
      assertThat(stream.newestNanos()).as("sent before the answer").isLessThan(answered);
      stream.close();
    }
  }

  @Test
  @DisplayName("A key made at one node is good at the others at once")
  void create_isKnownToEveryNode() {
    NewKey key = fleet.key();

    fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(200));
  }

  @Test
  @DisplayName("ALL-3 without wake-ups a revocation waits for the next look for changes, no more")
  void revoke_whileNoWakeUpArrives_isConfirmedByAll() {
    var isOver = new AtomicBoolean();
    Thread killer =
        Thread.startVirtualThread(() -> {
          while (!isOver.get()) {
            var _ = fleet.postgres().execute(END_LISTENERS);
          }
        });
    try {
      for (Node revoking : fleet.nodes()) {
        NewKey key = fleet.key();
        fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(200));
        Answer answer = timed(revoking, key, Fleet.LEASE);
        assertThat(answer.text("revocation.nodes.confirmed")).isEqualTo("3");
        fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(401));
      }
    } finally {
      isOver.set(true);
      join(killer);
    }
  }

  @Test
  @DisplayName(
      "ALL-3 a node that stands still holds a revocation up until its lease is over, and once")
  void revoke_whileANodeStandsStill_waitsForItsLease() {
    Node still = fleet.node(2);
    NewKey key = fleet.key();
    NewKey next = fleet.key();
    still.keyway().door().getAs(key, Node.FREE).expect(200);
    still.pause();
    try {
      Answer first = timed(fleet.node(0), key, Fleet.LONGEST_WAIT.plus(SLACK));
      assertThat(first.text("revocation.nodes.confirmed")).isEqualTo("2");
      Eventually.holds(
          "the silent node is shut out",
          Fleet.LONGEST_WAIT.plus(SLACK),
          () ->
              timed(fleet.node(1), fleet.key(), Fleet.LONGEST_WAIT.plus(SLACK))
                  .text("revocation.nodes.total")
                  .equals("2"));
      timed(fleet.node(1), next, SLACK);
    } finally {
      still.resume();
    }

    assertThat(still.status(key)).isNotEqualTo(200);
    assertThat(still.status(next)).isNotEqualTo(200);
    awaitAll();
    still.keyway().door().getAs(key, Node.FREE).expect(401);
  }

  /** One in every run, the others with the faults that take their time. */
  private static List<BrokenWay> ways() {
    return Boolean.getBoolean("keyway.faults")
        ? List.of(BrokenWay.values())
        : List.of(BrokenWay.NO_ANSWERS);
  }

  @ParameterizedTest
  @MethodSource("ways")
  @DisplayName(
      "ALL-3 ALL-5 a node cut off from the database says so when its lease is over, and heals")
  void node_withoutDatabase_stopsAtTheEndOfItsLease(BrokenWay way) {
    Node alone = fleet.node(1);
    NewKey revoked = fleet.key();
    NewKey good = fleet.key();
    alone.keyway().door().getAs(revoked, Node.FREE).expect(200);
    alone.keyway().door().getAs(good, Node.FREE).expect(200);
    Streams.Open stream = Streams.Open.at(alone, good);
    way.spoil(alone.toDatabase());
    try {
      alone.keyway().door().getAs(good, Node.FREE).expect(200);

      timed(fleet.node(0), revoked, Fleet.LONGEST_WAIT.plus(SLACK));

      alone.keyway().door().getAs(revoked, Node.FREE).problem(503, "cannot_verify");
      alone.keyway().door().getAs(good, Node.FREE).problem(503, "cannot_verify");
      Eventually.holds("its streams are over too", SLACK, stream::isOver);
    } finally {
      alone.toDatabase().heal();
    }
    awaitAll();
    alone.keyway().door().getAs(good, Node.FREE).expect(200);
    alone.keyway().door().getAs(revoked, Node.FREE).expect(401);
    stream.close();
  }

  @Test
  @DisplayName(
      "ALL-5 the database gone: keys go on to the end of the lease, then 503, never 401; it heals by itself")
  void nodes_whileTheDatabaseIsGone_neverCallAKeyWrong() {
    NewKey key = fleet.key();
    fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(200));

    long begun = System.nanoTime();
    fleet.postgres().crash();
    for (Node node : fleet.nodes()) {
      int status = node.status(key);
      // What is left of a lease is at least four fifths of it.
      if (System.nanoTime() - begun < Fleet.LEASE.toNanos() / 2) {
        assertThat(status).isEqualTo(200);
      }
    }
    for (Node node : fleet.nodes()) {
      Eventually.holds(
          "503 after the lease",
          Fleet.LONGEST_WAIT.plus(SLACK),
          () -> {
            int status = node.status(key);
            assertThat(status).as("0: cut as the lease ended").isIn(200, 503, 0);
            return status == 503;
          });
      node.keyway()
          .door()
          .get(Node.FREE, "Authorization", "Bearer " + KeyForm.neverIssued("fld_"))
          .problem(503, "cannot_verify");
    }
    assertThat(revoke(fleet.node(0), key).status()).isEqualTo(503);

    fleet.postgres().resume();
    awaitAll();
    fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(200));
  }

  @Test
  @DisplayName("ALL-3 a node killed while it revokes: another one finishes what was committed")
  void revokingNode_killed_isFinishedByAnother() {
    Node killed = fleet.node(2);
    Node still = fleet.node(1);
    NewKey key = fleet.key();
    still.pause();
    try {
      Thread revoking = Thread.startVirtualThread(() -> quietly(() -> revoke(killed, key)));
      Eventually.holds("committed", SLACK, () -> fleet.node(0).status(key) == 401);
      killed.kill();
      join(revoking);
    } finally {
      still.resume();
    }
    Eventually.holds(
        "another node knows since when it holds",
        Fleet.LONGEST_WAIT.multipliedBy(2).plus(SLACK),
        () ->
            fleet
                .node(0)
                .keyway()
                .operator()
                .get("/v1/keys/" + key.id())
                .at("revocation.effective_at")
                .isTextual());
    killed.startAgain();
    awaitAll();
    fleet.nodes().forEach(node -> node.keyway().door().getAs(key, Node.FREE).expect(401));
  }

  private static Answer timed(Node node, NewKey key, Duration limit) {
    long begun = System.nanoTime();
    Answer answer = revoke(node, key).expect(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(limit);
    return answer;
  }

  private static Answer revoke(Node node, NewKey key) {
    return node.keyway()
        .operator()
        .post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "lost"));
  }

  /** Until every node decides again and none is waited for that is gone. */
  private static void awaitAll() {
    List<Node> nodes = fleet.nodes();
    for (Node node : nodes) {
      Eventually.holds(
          node.name() + " decides again",
          Duration.ofSeconds(30),
          () -> fleet.tryKey().map(key -> node.status(key) == 200).orElse(false));
    }
    Eventually.holds(
        "all nodes confirm",
        Duration.ofSeconds(30),
        () -> {
          NewKey key = fleet.tryKey().orElse(null);
          Answer answer = key == null ? null : revoke(fleet.node(0), key);
          return answer != null
              && answer.status() == 200
              && answer.text("revocation.nodes.confirmed").equals(String.valueOf(nodes.size()))
              && answer.text("revocation.nodes.total").equals(String.valueOf(nodes.size()));
        });
  }

  private static void quietly(Runnable call) {
    try {
      call.run();
    } catch (UncheckedIOException e) {
      // Its server is killed, and with it the answer.
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
