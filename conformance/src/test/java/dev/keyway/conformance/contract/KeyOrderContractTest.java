package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders of the key list, its pages, and its filter by resource. */
@DisplayName("Contract: the order of keys")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyOrderContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final List<NewKey> keys = new ArrayList<>();
  private String list = "";

  /** Four keys: 0 has neither name nor expiry and is never used, 1 to 3 are used in turn. */
  @BeforeAll
  void makeKeys() {
    Workspace workspace = tenants.workspace("memo", "pro");
    list = "/v1/keys?product=memo&workspace=" + workspace.id();
    keys.add(key(workspace, null, null));
    keys.add(key(workspace, "beta", "30d"));
    keys.add(key(workspace, "Alpha", "7d"));
    keys.add(key(workspace, "gamma", "90d"));
    use(1);
    use(2);
    use(3);
  }

  @ParameterizedTest
  @CsvSource({
    "created_at, 0123",
    "-created_at, 3210",
    "name, 2130",
    "-name, 3120",
    "expires_at, 2130",
    "-expires_at, 3120",
    "last_used_at, 1230",
    "-last_used_at, 3210"
  })
  @DisplayName("keys without the value come last, both ways, whatever the size of the pages")
  void list_isOrdered(String sort, String expected) {
    List<String> ids = expected.chars().mapToObj(digit -> keys.get(digit - '0').id()).toList();
    for (int limit = 1; limit <= 5; limit++) {
      assertThat(pages(list + "&sort=" + sort + "&limit=" + limit)).isEqualTo(ids);
    }
  }

  @Test
  void list_withoutAnOrder_isNewestFirst() {
    assertThat(pages(list)).isEqualTo(pages(list + "&sort=-created_at"));
  }

  @Test
  void order_thatIsNone_isRefused() {
    for (String sort : List.of("size", "Name", "--name", "+name", "name,created_at", "id")) {
      operator.get(list + "&sort=" + sort).problem(400, "invalid_request");
    }
  }

  @Test
  @DisplayName("a cursor is refused in every order but its own")
  void cursor_ofAnotherOrder_isRefused() {
    String byName = list + "&limit=1&sort=name";
    String cursor = operator.get(byName).expect(200).text("next_cursor");
    operator.get(byName + "&cursor=" + cursor).expect(200);
    for (String sort : List.of("", "&sort=-name", "&sort=created_at", "&sort=-last_used_at")) {
      operator.get(list + "&limit=1" + sort + "&cursor=" + cursor).problem(400, "invalid_request");
    }
    operator.get("/v1/accounts?cursor=" + cursor).problem(400, "invalid_request");
  }

  @Test
  @DisplayName("LAKE-4 the keys of a resource, to those who may see them")
  void list_ofAResource_showsItsKeys() {
    JsonNode account = keyway.product("memorylake").at("/accounts/0");
    String id = account.at("/id").asText();
    String project = tenants.resource("memorylake", id, "project");
    NewKey key = tenants.projectKey(id, project);
    tenants.projectKey(id, tenants.resource("memorylake", id, "project"));
    String ofProject = "/v1/keys?resource=" + project;

    assertThat(pages(ofProject)).containsExactly(key.id());
    Api person = keyway.signIn("memorylake", account);
    assertThat(ids(person.get(ofProject).expect(200))).containsExactly(key.id());
    Api stranger = keyway.signIn("meko", keyway.product("meko").at("/accounts/0"));
    assertThat(stranger.get(ofProject).expect(200).data()).isEmpty();
    assertThat(operator.get("/v1/keys?resource=res_none").expect(200).data()).isEmpty();
    operator.delete("/v1/resources/" + project).expect(200);
  }

  private NewKey key(Workspace workspace, @Nullable String name, @Nullable String expiresIn) {
    ObjectNode body =
        Json.of("product", "memo", "account", workspace.owner(), "workspace", workspace.id());
    return tenants.create(body.put("name", name).put("expires_in", expiresIn));
  }

  private void use(int index) {
    keyway.door().knock("memo", keys.get(index).secret()).expect(200);
    Eventually.holds(
        "the last use is written",
        Duration.ofSeconds(70),
        () -> !operator.get("/v1/keys/" + keys.get(index).id()).at("last_used_at").isNull());
  }

  private List<String> pages(String path) {
    Answer page = operator.get(path).expect(200);
    var ids = new ArrayList<>(ids(page));
    while (!page.at("next_cursor").isNull()) {
      page = operator.get(path + "&cursor=" + page.text("next_cursor")).expect(200);
      ids.addAll(ids(page));
    }
    return ids;
  }

  private static List<String> ids(Answer list) {
    return list.data().stream().map(row -> row.at("/id").asText()).toList();
  }
}
