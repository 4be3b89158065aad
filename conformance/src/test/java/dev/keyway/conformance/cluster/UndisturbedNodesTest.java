package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.MadeUpKeys;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three nodes that nothing happens to: what ends keys without naming them, and a key that is made
 * while strangers come with wrong ones.
 */
final class UndisturbedNodesTest {
  private static final int MANY = Boolean.getBoolean("keyway.faults") ? 10_000 : 200;
  private static final int AT_A_TIME = 16;
  private static final int STRANGERS = 16;

  /** Of many keys each so many is asked about, at every node. */
  private static final int LEAP = MANY / 20;

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.start(3);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  /** Whom a narrowing call is about. */
  private record Crew(Workspace workspace, String member, NewKey key) {}

  /** A call that ends the key of a member without naming it, to be made at a node. */
  private static Answer call(String narrowing, Api operator, Crew crew) {
    String workspace = "/v1/workspaces/" + crew.workspace().id();
    String account = "/v1/accounts/" + crew.member();
    return switch (narrowing) {
      case "member removed" -> operator.delete(workspace + "/members/" + crew.member());
      case "account suspended" -> operator.patch(account, Json.of("status", "suspended"));
      case "account deleted" -> operator.delete(account);
      case "plan lowered" -> operator.patch(workspace, Json.of("plan", "free"));
      case "workspace deleted" -> operator.delete(workspace);
      case "keys of the account revoked" ->
          operator.post(
              "/v1/keys/revoke",
              Json.of("product", "crew", "account", crew.member(), "reason", "left"));
      default -> throw new IllegalArgumentException(narrowing);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "member removed",
        "account suspended",
        "account deleted",
        "plan lowered",
        "workspace deleted",
        "keys of the account revoked"
      })
  @DisplayName("ALL-3 what ends a key without naming it holds on every node when it is answered")
  void narrowing_holdsOnEveryNode_whenItIsAnswered(String narrowing) {
    Tenants tenants = fleet.node(0).keyway().tenants();
    Workspace workspace = tenants.workspace("crew", "pro");
    String member = tenants.member("crew", workspace);
    var crew = new Crew(workspace, member, key(workspace, member));
    for (Node node : fleet.nodes()) {
      node.keyway().door().getAs(crew.key(), "/crew/t").expect(200);
    }

    Answer answer = call(narrowing, fleet.node(1).keyway().operator(), crew);

    assertThat(answer.status()).as(answer.body()).isBetween(200, 204);
    for (Node node : fleet.nodes()) {
      Answer refused = node.keyway().door().getAs(crew.key(), "/crew/t");
      assertThat(refused.status()).as("%s at %s", narrowing, node.name()).isIn(401, 403);
    }
  }

  @Test
  @DisplayName("ALL-3 a plan that ends thousands of keys is one change, and one call waited for")
  void planOfManyKeys_isOneChange() {
    Tenants tenants = fleet.node(0).keyway().tenants();
    Workspace workspace = tenants.workspace("crew", "pro");
    List<NewKey> keys = many(workspace);
    everyOne(keys, 200);
    long before = head();

    tenants.plan(workspace, "free").expect(200);

    everyOne(keys, 403);
    assertThat(head() - before).isEqualTo(1);
  }

  @Test
  @DisplayName("A key made at one node is good at once at another that is flooded with wrong ones")
  void create_isKnownToANodeInAFlood() {
    Node flooded = fleet.node(1);
    var isOver = new AtomicBoolean();
    var keys = new MadeUpKeys("fld_");
    try (var strangers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < STRANGERS; i++) {
        strangers.execute(() -> {
          while (!isOver.get()) {
            var _ =
                flooded.keyway().door().get("/flood/t", "Authorization", "Bearer " + keys.get());
          }
        });
      }
      try {
        for (int i = 0; i < 20; i++) {
          NewKey key = fleet.key();
          flooded.keyway().door().getAs(key, "/flood/t").expect(200);
        }
      } finally {
        isOver.set(true);
      }
    }
  }

  private static void everyOne(List<NewKey> keys, int status) {
    for (int i = 0; i < keys.size(); i += LEAP) {
      for (Node node : fleet.nodes()) {
        node.keyway().door().getAs(keys.get(i), "/crew/t").expect(status);
      }
    }
  }

  private static long head() {
    return Long.parseLong(fleet.postgres().execute("SELECT head FROM epoch"));
  }

  private static NewKey key(Workspace workspace, String account) {
    return fleet
        .node(0)
        .keyway()
        .tenants()
        .create(Json.of("product", "crew", "account", account, "workspace", workspace.id()));
  }

  private static List<NewKey> many(Workspace workspace) {
    try (var makers = Executors.newFixedThreadPool(AT_A_TIME)) {
      var made = new ArrayList<Future<NewKey>>();
      for (int i = 0; i < MANY; i++) {
        made.add(makers.submit(() -> key(workspace, workspace.owner())));
      }
      var keys = new ArrayList<NewKey>();
      for (Future<NewKey> key : made) {
        keys.add(key.get());
      }
      return keys;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
