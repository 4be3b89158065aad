package dev.keyway.server.api;

import static dev.keyway.server.api.Scenario.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Cursor;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.server.api.Client.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a portal asks, row by row: products, one workspace, what a change would end. */
final class PortalScenariosTest {
  private static final String MEMBERS = "/v1/workspaces/{workspace}/members";
  private static final String PLAN = "/v1/workspaces/{workspace}/plan-change";

  @ParameterizedTest(name = "{0}")
  @MethodSource({"products", "workspaces", "removals", "plans", "lists"})
  void row(Scenario scenario) {
    try (var api = new RunningApi()) {
      scenario.play(api);
    }
  }

  static Stream<Scenario> products() {
    return Stream.of(
        scenario("anybody sees titles", "nobody", "GET /v1/portal")
            .answers(
                200,
                "{'products':[{'product':'mecha','title':'mecha'},",
                "{'product':'memo','title':'memo'}")
            .without("prefix", "plans"),
        scenario("anybody sees how clients are connected", "nobody", "GET /v1/mcp-clients")
            .answers(200, "'key_placeholder': 'YOUR_KEY'", "'key': 'claude-code'"),
        scenario("clients, without a key", "key:mecha", "GET /v1/mcp-clients")
            .answers(200, "'key': 'curl'"),
        scenario("a person sees their own", "mia", "GET /v1/products")
            .answers(
                200,
                "'product':'meko'",
                "'show':'prefix'",
                "'expiry':{'mode':'fixed','after':'365d','choices':[]}",
                "'plans':[]",
                "'url':'http://gateway.example/meko/mcp/v1'")
            .without("'memo'", "upstream"),
        scenario("choices and a rule for names", "max", "GET /v1/products")
            .answers(
                200,
                "'name':{'mode':'required','pattern':'[A-Za-z].*','hint':'A name begins",
                "'expiry':{'mode':'choices','after':null,'choices':['7d','30d','365d','never']}",
                "'carriers':['bearer','basic']",
                "'max_active':10"),
        scenario("plans and limits", "ada", "GET /v1/products")
            .answers(
                200,
                "{'plan':'pro','api':true}",
                "{'plan':'free','api':false}",
                "{'limit':'data','requests':3,'requests_by_plan':[],"
                    + "'per_seconds':60,'per':'60s','by':'key'}",
                "'methods':null",
                "'max_active':null"),
        scenario("an operator sees all", "operator", "GET /v1/products")
            .answers(200, "'mecha'", "'meko'", "'memo'", "'query:apikey'", "'after':'never'"),
        scenario("a limited one sees its own", "meko_operator", "GET /v1/products")
            .answers(200, "'meko'")
            .without("'memo'"),
        scenario("without the right to read", "verifier", "GET /v1/products")
            .answers(403, "'code':'forbidden'")
            .leaves("product.list refused forbidden"),
        scenario("not for keys", "key:mecha", "GET /v1/products")
            .answers(403, "'code':'forbidden'")
            .leaves("product.list refused forbidden"));
  }

  static Stream<Scenario> workspaces() {
    String workspace = "GET /v1/workspaces/{workspace}";
    return Stream.of(
        scenario("owner", "ada", workspace).answers(200, "'id':'{workspace}'", "'plan':'pro'"),
        scenario("member", "bob", workspace).answers(200, "'id':'{workspace}'"),
        scenario("operator", "reader", workspace).answers(200, "'id':'{workspace}'"),
        scenario("stranger", "mia", workspace)
            .answers(404, "'code':'not_found'")
            .leaves("workspace.get refused not_found"),
        scenario("another product's operator", "meko_operator", workspace)
            .answers(404, "'code':'not_found'")
            .leaves("workspace.get refused not_found"),
        scenario("of nobody", "ada", "GET /v1/workspaces/ws_none")
            .answers(404, "'code':'not_found'")
            .leaves("workspace.get refused not_found"),
        scenario("a deleted one", "operator", workspace)
            .after("DELETE /v1/workspaces/{workspace}")
            .answers(404, "'code':'not_found'")
            .leaves("workspace.get refused not_found"));
  }

  static Stream<Scenario> removals() {
    return Stream.of(
        scenario("owner looks at a removal", "ada", "GET " + MEMBERS + "/{bob}/removal")
            .after("GET /v1/keys/{bobs.id}")
            .after("GET /v1/keys/{memo.id}")
            .answers(200, "'keys_affected':1,'data':[{'id':'{bobs.id}'")
            .without("{memo.id}"),
        scenario("of a member without keys", "reader", "GET " + MEMBERS + "/{bob}/removal")
            .answers(200, "{'keys_affected':0,'data':[]}"),
        scenario("revoked keys do not count", "ada", "GET " + MEMBERS + "/{bob}/removal")
            .after("DELETE /v1/keys/{bobs.id}")
            .answers(200, "'keys_affected':0"),
        scenario("a member may not", "bob", "GET " + MEMBERS + "/{ada}/removal")
            .answers(403, "'code':'forbidden'")
            .leaves("member.preview_removal refused forbidden"),
        scenario("a stranger finds nothing", "mia", "GET " + MEMBERS + "/{bob}/removal")
            .answers(404, "'code':'not_found'")
            .leaves("member.preview_removal refused not_found"),
        scenario("of one who is no member", "ada", "GET " + MEMBERS + "/{mia}/removal")
            .answers(404, "'code':'not_found'")
            .leaves("member.preview_removal refused not_found"),
        scenario("the last owner stays", "operator", "GET " + MEMBERS + "/{ada}/removal")
            .answers(409, "'code':'conflict'")
            .leaves("member.preview_removal refused conflict"));
  }

  static Stream<Scenario> plans() {
    return Stream.of(
        scenario("a plan without API access", "ada", "GET " + PLAN + "?plan=free")
            .after("GET /v1/keys/{bobs.id}")
            .after("GET /v1/keys/{memo.id}")
            .answers(200, "'plan':'free','api':false,'keys_affected':2", "{bobs.id}", "{memo.id}"),
        scenario("a plan with it", "operator", "GET " + PLAN + "?plan=pro")
            .after("GET /v1/keys/{memo.id}")
            .answers(200, "{'plan':'pro','api':true,'keys_affected':0,'data':[]}"),
        scenario("what does not work cannot stop", "ada", "GET " + PLAN + "?plan=free")
            .after("GET /v1/keys/{memo.id}")
            .after("PATCH /v1/workspaces/{workspace} {'plan':'free'}")
            .answers(200, "'api':false,'keys_affected':0"),
        scenario("a plan that is none", "ada", "GET " + PLAN + "?plan=gold")
            .answers(400, "must be one of: free, pro.")
            .leaves("workspace.preview_plan refused invalid_request"),
        scenario("no plan", "ada", "GET " + PLAN)
            .answers(400, "'code':'invalid_request'")
            .leaves("workspace.preview_plan refused invalid_request"),
        scenario("a member may not look", "bob", "GET " + PLAN + "?plan=free")
            .answers(403, "'code':'forbidden'")
            .leaves("workspace.preview_plan refused forbidden"),
        scenario("a stranger learns nothing", "mia", "GET " + PLAN + "?plan=gold")
            .answers(404, "'code':'not_found'")
            .leaves("workspace.preview_plan refused not_found"));
  }

  static Stream<Scenario> lists() {
    return Stream.of(
        scenario("members have names", "ada", "GET " + MEMBERS)
            .answers(200, "'name':'A person','email':'person", "'joined_at':'2026-03-01T"),
        scenario("keys of a resource", "operator", "GET /v1/keys?resource={project}")
            .after("GET /v1/keys/{lake.id}")
            .after("GET /v1/keys/{meko.id}")
            .answers(200, "{lake.id}")
            .without("{meko.id}"),
        scenario("keys of another resource", "operator", "GET /v1/keys?resource={other_project}")
            .after("GET /v1/keys/{lake.id}")
            .answers(200, "'data':[]"),
        scenario("an order that is none", "operator", "GET /v1/keys?sort=size")
            .answers(400, "must be one of: created_at, -created_at, name, ")
            .leaves("key.list refused invalid_request"),
        scenario(
                "a key sees the use of its own scope", "key:mecha", "GET /v1/keys/{mecha.id}/usage")
            .answers(200, "'key':'{mecha.id}'", "'requests':0"),
        scenario("a key sees no other's use", "key:mecha", "GET /v1/keys/{meko.id}/usage")
            .answers(404, "'code':'not_found'")
            .leaves("key.usage refused not_found"),
        scenario(
                "the use of many keys is not for keys",
                "key:mecha",
                "GET /v1/usage?keys={mecha.id}")
            .answers(403, "'code':'forbidden'")
            .leaves("usage.list refused forbidden"),
        scenario(
                "people see the use of their keys",
                "mia",
                "GET /v1/usage?keys={meko.id},{mecha.id}")
            .answers(200, "'key':'{meko.id}'")
            .without("{mecha.id}"),
        scenario(
                "the trail names operator keys to operators",
                "operator",
                "GET /v1/audit?key={meko.id}")
            .after("GET /v1/keys/{meko.id}")
            .answers(200, "'kind':'operator'", "'name':'a backend'"),
        scenario("the trail names no operator key to people", "mia", "GET /v1/audit?key={meko.id}")
            .after("GET /v1/keys/{meko.id}")
            .answers(200, "'kind':'operator'", "'name':null")
            .without("a backend"));
  }

  @Test
  @DisplayName("a cursor goes on in its own order and is refused in every other")
  void cursors_belongToTheirOrder() {
    try (var api = new RunningApi()) {
      Client operator = keysOfMecha(api);
      var next = new ArrayList<String>();
      for (KeySort sort : KeySort.all()) {
        Reply first = operator.get("/v1/keys?limit=1&sort=" + sort.text()).expect(200);
        String cursor = first.at("/next_cursor");
        Reply second =
            operator.get("/v1/keys?limit=1&sort=" + sort.text() + "&cursor=" + cursor).expect(200);
        assertThat(second.at("/data/0/id")).isNotEmpty().isNotEqualTo(first.at("/data/0/id"));
        next.add(cursor);
      }
      List<KeySort> sorts = KeySort.all();
      for (int asked = 0; asked < sorts.size(); asked++) {
        for (int answered = 0; answered < sorts.size(); answered++) {
          String list =
              "/v1/keys?limit=1&sort=" + sorts.get(asked).text() + "&cursor=" + next.get(answered);
          if (asked == answered) {
            operator.get(list).expect(200);
          } else {
            operator.get(list).problem(400, "invalid_request");
          }
        }
      }
      String byName = new Cursor(KeySort.of("name").orElseThrow().order(), "a", "key_a").encode();
      operator.get("/v1/accounts?cursor=" + byName).problem(400, "invalid_request");
    }
  }

  private static Client keysOfMecha(RunningApi api) {
    var fixtures = new Fixtures(api);
    Client operator = fixtures.as("operator");
    for (String name : List.of("b", "a", "C")) {
      operator
          .post(
              "/v1/keys",
              fixtures
                  .fill("{'product':'mecha','account':'{max}','name':'NAME','expires_in':'30d'}")
                  .replace("NAME", name)
                  .replace('\'', '"'))
          .expect(201);
      api.world.tick();
    }
    assertThat(operator.get("/v1/keys?sort=name").json().findValuesAsText("name"))
        .containsExactly("a", "b", "C");
    return operator;
  }
}
