package dev.keyway.server.api;

import static dev.keyway.server.api.Scenario.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The key operations, row by row. */
final class KeyScenariosTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource({"creations", "refusedCreations", "reading", "changing", "revoking"})
  void row(Scenario scenario) {
    try (var api = new RunningApi()) {
      scenario.play(api);
    }
  }

  static Stream<Scenario> creations() {
    return Stream.of(
        scenario("operator creates for an account", "operator", "POST /v1/keys")
            .body("{'product':'meko','account':'{mia}','name':'laptop/cursor'}")
            .answers(201, "'secret':'mko_tkn_", "'created_by':'{mia}'", "…'", "'suffix':null")
            .without("endpoint_url")
            .leaves("key.create done"),
        scenario("person creates for themselves", "max", "POST /v1/keys")
            .body("{'product':'mecha','name':'ci','expires_in':'7d'}")
            .answers(201, "'created_by':'{max}'", "'hint':'key_")
            .leaves("key.create done"),
        scenario("null equals absent", "operator", "POST /v1/keys")
            .body("{'product':'meko','account':'{mia}','name':'n','expires_in':null}")
            .answers(201)
            .leaves("key.create done"),
        scenario("a key in the query gets its address", "operator", "POST /v1/keys")
            .body("{'product':'memorylake','account':'{lea}','resource':'{project}'}")
            .answers(
                201,
                "'endpoint_url':'http://gateway.example/memorylake/mcp/v1?apikey=mlk_",
                "'hint':null")
            .leaves("key.create done"),
        scenario("a key makes a key", "key:mecha", "POST /v1/keys")
            .body("{'product':'mecha','name':'child','expires_in':'7d'}")
            .answers(201, "'created_by_key':'{mecha.id}'")
            .leaves("key.create done"),
        scenario("suffix is shown", "ada", "POST /v1/keys")
            .body("{'product':'memo','workspace':'{workspace}'}")
            .answers(201, "'hint':'…", "'prefix':null")
            .leaves("key.create done"));
  }

  static Stream<Scenario> refusedCreations() {
    return Stream.of(
        scenario("nobody", "nobody", "POST /v1/keys")
            .body("{'product':'meko','name':'n'}")
            .answers(401, "'code':'unauthenticated'"),
        scenario("unknown field names the nearest", "operator", "POST /v1/keys")
            .body("{'product':'meko','account':'{mia}','nmae':'n'}")
            .answers(400, "'code':'invalid_request'", "Did you mean")
            .leaves("key.create refused invalid_request"),
        scenario("a mistyped field of two words", "operator", "POST /v1/keys")
            .body("{'product':'mecha','account':'{max}','name':'n','expire_in':'7d'}")
            .answers(400, "expire_in", "expires_in")
            .leaves("key.create refused invalid_request"),
        scenario("name missing", "mia", "POST /v1/keys")
            .body("{'product':'meko'}")
            .answers(400, "'code':'invalid_name'")
            .leaves("key.create refused invalid_name"),
        scenario("name with U+0000", "mia", "POST /v1/keys")
            .body("{'product':'meko','name':'a\\u0000b'}")
            .answers(400, "'code':'invalid_name'")
            .leaves("key.create refused invalid_name"),
        scenario("half a surrogate pair", "operator", "POST /v1/keys")
            .body("{'product':'meko','account':'{mia}','name':'n','description':'\\ud800'}")
            .answers(400, "'code':'invalid_request'", "description")
            .leaves("key.create refused invalid_request"),
        scenario("name begins with a digit (MECHA-2)", "max", "POST /v1/keys")
            .body("{'product':'mecha','name':'1st','expires_in':'7d'}")
            .answers(400, "'code':'invalid_name'", "begins with a letter")
            .leaves("key.create refused invalid_name"),
        scenario("expiry that is no time", "ada", "POST /v1/keys")
            .body("{'product':'memo','workspace':'{workspace}','expires_at':'2099-01-01'}")
            .answers(400, "'code':'invalid_expiry'")
            .leaves("key.create refused invalid_expiry"),
        scenario("expiry in a year of nine digits", "ada", "POST /v1/keys")
            .body("{'product':'memo','expires_at':'+999999999-01-01T00:00:00Z'}")
            .answers(400, "'code':'invalid_expiry'")
            .leaves("key.create refused invalid_expiry"),
        scenario("plan without API access (MEMO-4)", "ada", "POST /v1/keys")
            .after("PATCH /v1/workspaces/{workspace} {'plan':'free'}")
            .body("{'product':'memo','workspace':'{workspace}'}")
            .answers(403, "'code':'api_access_denied'")
            .leaves("key.create refused api_access_denied"),
        scenario("product key without self-management", "key:meko", "POST /v1/keys")
            .body("{'product':'meko','name':'n'}")
            .answers(403, "'code':'forbidden'")
            .leaves("key.create refused forbidden"),
        scenario("operator of another product", "meko_operator", "POST /v1/keys")
            .body("{'product':'mecha','account':'{max}','name':'n','expires_in':'7d'}")
            .answers(403, "'code':'forbidden'")
            .leaves("key.create refused forbidden"));
  }

  static Stream<Scenario> reading() {
    return Stream.of(
        scenario("owner sees a member's key", "ada", "GET /v1/keys/{bobs.id}")
            .answers(200, "'created_by':'{bob}'", "'status':'active'")
            .without("{bobs.secret}"),
        scenario("member does not see the owner's", "bob", "GET /v1/keys/{memo.id}")
            .answers(404, "'code':'not_found'")
            .leaves("key.get refused not_found"),
        scenario("an id that cannot be", "operator", "GET /v1/keys/nonsense")
            .answers(404, "'code':'not_found'")
            .leaves("key.get refused not_found"),
        scenario("list of an account", "operator", "GET /v1/keys?product=memo&account={bob}")
            .after("GET /v1/keys/{bobs.id}")
            .after("GET /v1/keys/{memo.id}")
            .answers(200, "{bobs.id}", "'next_cursor':null")
            .without("{memo.id}", "{bobs.secret}"),
        scenario("revoked keys leave the list (MEMO-10)", "ada", "GET /v1/keys?product=memo")
            .after("DELETE /v1/keys/{memo.id}")
            .answers(200)
            .without("{memo.id}"),
        scenario("and stay under deleted", "ada", "GET /v1/keys?product=memo&status=deleted")
            .after("DELETE /v1/keys/{memo.id}")
            .answers(200, "{memo.id}", "'status':'revoked'"),
        scenario(
                "filters together",
                "operator",
                "GET /v1/keys?status=active,expired&expires_within=60d")
            .after("GET /v1/keys/{mecha.id}")
            .after("GET /v1/keys/{meko.id}")
            .answers(200, "{mecha.id}")
            .without("{meko.id}"),
        scenario("unknown parameter names the nearest", "operator", "GET /v1/keys?prodcut=meko")
            .answers(400, "Did you mean")
            .leaves("key.list refused invalid_request"),
        scenario("limit that is none", "operator", "GET /v1/keys?limit=0")
            .answers(400, "'code':'invalid_request'")
            .leaves("key.list refused invalid_request"),
        scenario("span that is none", "operator", "GET /v1/keys?idle_for=30")
            .answers(400, "idle_for")
            .leaves("key.list refused invalid_request"));
  }

  static Stream<Scenario> changing() {
    return Stream.of(
        scenario("description", "max", "PATCH /v1/keys/{mecha.id}")
            .body("{'description':'the build machine'}")
            .answers(200, "'description':'the build machine'")
            .without("revocation")
            .leaves("key.update done"),
        scenario("earlier expiry narrows", "max", "PATCH /v1/keys/{mecha.id}")
            .body("{'expires_at':'2026-03-10T00:00:00+01:00'}")
            .answers(200, "'expires_at':'2026-03-09T23:00:00Z'", "'revocation':{'seq':")
            .leaves("key.update done"),
        scenario("later expiry is refused", "operator", "PATCH /v1/keys/{mecha.id}")
            .body("{'expires_at':'2027-03-10T00:00:00Z'}")
            .answers(400, "'code':'invalid_expiry'")
            .leaves("key.update refused invalid_expiry"),
        scenario("a fixed expiry is the operator's to change", "mia", "PATCH /v1/keys/{meko.id}")
            .body("{'expires_at':'2026-03-10T00:00:00Z'}")
            .answers(403, "'code':'forbidden'")
            .leaves("key.update refused forbidden"));
  }

  static Stream<Scenario> revoking() {
    return Stream.of(
        scenario("revoke with a reason", "mia", "POST /v1/keys/{meko.id}/revoke")
            .body("{'reason':'laptop lost'}")
            .answers(200, "'status':'revoked'", "'keys_affected':1", "'confirmed':1")
            .leaves("key.revoke done laptop lost"),
        scenario("revoke without a body", "mia", "POST /v1/keys/{meko.id}/revoke")
            .answers(200, "'status':'revoked'")
            .leaves("key.revoke done"),
        scenario("revoke again changes nothing", "mia", "DELETE /v1/keys/{meko.id}")
            .after("DELETE /v1/keys/{meko.id}")
            .answers(200, "'status':'revoked'"),
        scenario("a stranger's", "max", "DELETE /v1/keys/{meko.id}")
            .answers(404, "'code':'not_found'")
            .leaves("key.revoke refused not_found"),
        scenario("reader may not", "reader", "DELETE /v1/keys/{meko.id}")
            .answers(403, "'code':'forbidden'")
            .leaves("key.revoke refused forbidden"),
        scenario("all of an account", "operator", "POST /v1/keys/revoke")
            .after("GET /v1/keys/{meko.id}")
            .body("{'product':'meko','account':'{mia}','reason':'stolen'}")
            .answers(200, "'keys_affected':1")
            .leaves("key.revoke_many done stolen"),
        scenario("many without a reason", "operator", "POST /v1/keys/revoke")
            .body("{'product':'meko','account':'{mia}'}")
            .answers(400, "reason")
            .leaves("key.revoke_many refused invalid_request"),
        scenario("many by a key id that is none", "operator", "POST /v1/keys/revoke")
            .body("{'product':'meko','created_by_key':'x','reason':'r'}")
            .answers(400, "created_by_key")
            .leaves("key.revoke_many refused invalid_request"));
  }
}
