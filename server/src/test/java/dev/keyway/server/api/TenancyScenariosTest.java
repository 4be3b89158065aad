package dev.keyway.server.api;

import static dev.keyway.server.api.Scenario.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Accounts, workspaces, members, resources, operator keys and the trail, row by row. */
final class TenancyScenariosTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource({"accounts", "workspaces", "members", "resources", "operators"})
  void row(Scenario scenario) {
    try (var api = new RunningApi()) {
      scenario.play(api);
    }
  }

  static Stream<Scenario> accounts() {
    String zoe = "{'product':'meko','email':'zoe@example.com','name':'Zoe','external_id':'z-1'}";
    return Stream.of(
        scenario("create", "operator", "POST /v1/accounts")
            .body(zoe)
            .answers(201, "'id':'acc_", "'external_id':'z-1'", "'status':'active'")
            .leaves("account.create done"),
        scenario("create again", "operator", "POST /v1/accounts")
            .after("POST /v1/accounts " + zoe)
            .body(zoe)
            .answers(200, "'external_id':'z-1'"),
        scenario("same external id, other name", "operator", "POST /v1/accounts")
            .after("POST /v1/accounts " + zoe)
            .body(zoe.replace("Zoe", "Zora"))
            .answers(409, "'code':'conflict'")
            .leaves("account.create refused conflict"),
        scenario("number for a text", "operator", "POST /v1/accounts")
            .body("{'product':'meko','email':'a@example.com','name':1}")
            .answers(400, "'code':'invalid_request'", "name")
            .leaves("account.create refused invalid_request"),
        scenario("field given twice", "operator", "POST /v1/accounts")
            .body("{'product':'meko','product':'meko'}")
            .answers(400, "was given twice")
            .leaves("account.create refused invalid_request"),
        scenario("text after the object", "operator", "POST /v1/accounts")
            .body("{'product':'meko'} {}")
            .answers(400, "'code':'invalid_request'")
            .leaves("account.create refused invalid_request"),
        scenario("an array", "operator", "POST /v1/accounts")
            .body("[]")
            .answers(400, "'code':'invalid_request'")
            .leaves("account.create refused invalid_request"),
        scenario("null", "operator", "POST /v1/accounts")
            .body("null")
            .answers(400, "'code':'invalid_request'")
            .leaves("account.create refused invalid_request"),
        scenario("person may not", "mia", "POST /v1/accounts")
            .body(zoe)
            .answers(403, "'code':'forbidden'")
            .leaves("account.create refused forbidden"),
        scenario("get", "reader", "GET /v1/accounts/{mia}").answers(200, "'id':'{mia}'"),
        scenario("get of another product's", "meko_operator", "GET /v1/accounts/{max}")
            .answers(404, "'code':'not_found'")
            .leaves("account.get refused not_found"),
        scenario("list", "meko_operator", "GET /v1/accounts")
            .answers(200, "{mia}")
            .without("{max}"),
        scenario("suspend ends keys", "operator", "PATCH /v1/accounts/{mia}")
            .after("GET /v1/keys/{meko.id}")
            .body("{'status':'suspended'}")
            .answers(200, "'status':'suspended'", "'keys_affected':1")
            .leaves("account.suspend done"),
        scenario("rename narrows nothing", "operator", "PATCH /v1/accounts/{mia}")
            .body("{'name':'Mia M.'}")
            .answers(200, "'name':'Mia M.'")
            .without("revocation")
            .leaves("account.update done"),
        scenario("no other status", "operator", "PATCH /v1/accounts/{mia}")
            .body("{'status':'deleted'}")
            .answers(400, "status")
            .leaves("account.update refused invalid_request"),
        scenario("delete", "operator", "DELETE /v1/accounts/{mia}")
            .answers(200, "'revocation':{")
            .leaves("account.delete done"),
        scenario("delete of the last owner", "operator", "DELETE /v1/accounts/{ada}")
            .answers(409, "'code':'conflict'")
            .leaves("account.delete refused conflict"));
  }

  static Stream<Scenario> workspaces() {
    return Stream.of(
        scenario("create", "operator", "POST /v1/workspaces")
            .body("{'product':'memo','name':'Lab','plan':'pro','owner':'{bob}'}")
            .answers(201, "'id':'ws_", "'plan':'pro'")
            .leaves("workspace.create done"),
        scenario("person names their product", "bob", "GET /v1/workspaces?product=memo")
            .answers(200, "{workspace}"),
        scenario("person names another product", "bob", "GET /v1/workspaces?product=mecha")
            .answers(200, "'data':[]", "'next_cursor':null"),
        scenario("person names no product", "bob", "GET /v1/workspaces?product=nonsense")
            .answers(400, "There is no product")
            .leaves("workspace.list refused invalid_request"),
        scenario("person sees their own", "bob", "GET /v1/workspaces").answers(200, "{workspace}"),
        scenario("stranger sees none", "mia", "GET /v1/workspaces").answers(200, "'data':[]"),
        scenario("owner renames", "ada", "PATCH /v1/workspaces/{workspace}")
            .body("{'name':'Renamed'}")
            .answers(200, "'name':'Renamed'")
            .without("revocation")
            .leaves("workspace.update done"),
        scenario("plan is the operator's", "ada", "PATCH /v1/workspaces/{workspace}")
            .body("{'plan':'free'}")
            .answers(403, "'code':'forbidden'")
            .leaves("workspace.update refused forbidden"),
        scenario("downgrade narrows", "operator", "PATCH /v1/workspaces/{workspace}")
            .after("GET /v1/keys/{memo.id}")
            .body("{'plan':'free'}")
            .answers(200, "'plan':'free'", "'keys_affected':1")
            .leaves("workspace.change_plan done pro to free"),
        scenario("delete", "operator", "DELETE /v1/workspaces/{workspace}")
            .answers(200, "'revocation':{")
            .leaves("workspace.delete done"));
  }

  static Stream<Scenario> members() {
    String members = "/v1/workspaces/{workspace}/members";
    return Stream.of(
        scenario("owner lists", "ada", "GET " + members)
            .answers(200, "{'account':'{ada}','role':'owner',", "{bob}"),
        scenario("member may not list", "bob", "GET " + members)
            .answers(403, "'code':'forbidden'")
            .leaves("member.list refused forbidden"),
        scenario("owner promotes", "ada", "PUT " + members + "/{bob}")
            .body("{'role':'owner'}")
            .answers(200, "'role':'owner'")
            .leaves("member.put done owner"),
        scenario("no such role", "ada", "PUT " + members + "/{bob}")
            .body("{'role':'guest'}")
            .answers(400, "role")
            .leaves("member.put refused invalid_request"),
        scenario("removal ends keys (MEMO-8)", "ada", "DELETE " + members + "/{bob}")
            .after("GET /v1/keys/{bobs.id}")
            .answers(200, "'keys_affected':1")
            .leaves("member.remove done"),
        scenario("the last owner stays", "operator", "DELETE " + members + "/{ada}")
            .answers(409, "'code':'conflict'")
            .leaves("member.remove refused conflict"));
  }

  static Stream<Scenario> resources() {
    return Stream.of(
        scenario("create", "operator", "POST /v1/resources")
            .body("{'product':'memorylake','account':'{lea}','kind':'project','name':'Lake'}")
            .answers(201, "'id':'res_", "'workspace':null")
            .leaves("resource.create done"),
        scenario("owner twice", "operator", "POST /v1/resources")
            .body("{'product':'memo','account':'{ada}','workspace':'x','kind':'k','name':'n'}")
            .answers(400, "'code':'invalid_request'")
            .leaves("resource.create refused invalid_request"),
        scenario("person names their product", "mia", "GET /v1/resources?product=meko")
            .answers(200, "{datapack}"),
        scenario("person names another product", "mia", "GET /v1/resources?product=mecha")
            .answers(200, "'data':[]", "'next_cursor':null"),
        scenario("person names no product", "mia", "GET /v1/resources?product=nonsense")
            .answers(400, "There is no product")
            .leaves("resource.list refused invalid_request"),
        scenario("person sees their own", "mia", "GET /v1/resources")
            .answers(200, "{datapack}")
            .without("{project}"),
        scenario("delete ends keys", "operator", "DELETE /v1/resources/{project}")
            .after("GET /v1/keys/{lake.id}")
            .answers(200, "'keys_affected':1")
            .leaves("resource.delete done"));
  }

  static Stream<Scenario> operators() {
    return Stream.of(
        scenario("person may not see operator keys", "mia", "GET /v1/operator-keys")
            .answers(403, "'code':'forbidden'")
            .leaves("operator_key.list refused forbidden"),
        scenario("limited may not", "meko_operator", "POST /v1/operator-keys")
            .body("{'name':'n','rights':['read']}")
            .answers(403, "'code':'forbidden'")
            .leaves("operator_key.create refused forbidden"),
        scenario("a right that is none", "operator", "POST /v1/operator-keys")
            .body("{'name':'n','rights':['everything']}")
            .answers(400, "rights")
            .leaves("operator_key.create refused invalid_request"),
        scenario("null among the rights", "operator", "POST /v1/operator-keys")
            .body("{'name':'n','rights':['read',null]}")
            .answers(400, "rights")
            .leaves("operator_key.create refused invalid_request"),
        scenario("rights as a text", "operator", "POST /v1/operator-keys")
            .body("{'name':'n','rights':'read'}")
            .answers(400, "rights")
            .leaves("operator_key.create refused invalid_request"),
        scenario("list", "operator", "GET /v1/operator-keys?limit=2")
            .answers(200, "'rights':[", "'next_cursor':'")
            .without("secret", "kwo_"),
        scenario(
                "revocation tells which and why",
                "operator",
                "POST /v1/operator-keys/{meko_operator_key}/revoke")
            .body("{'reason':'left the company'}")
            .answers(200, "'revocation':{")
            .leaves("operator_key.revoke done {meko_operator_key}: left the company"),
        scenario("trail of a key", "operator", "GET /v1/audit?key={meko.id}")
            .answers(200, "'action':'key.create'", "'kind':'operator'", "'address':'127.0.0.1'"),
        scenario("a key cannot read the trail", "key:mecha", "GET /v1/audit")
            .answers(403, "'code':'forbidden'")
            .leaves("audit.list refused forbidden"),
        scenario("time that is none", "operator", "GET /v1/audit?from=yesterday")
            .answers(400, "from")
            .leaves("audit.list refused invalid_request"));
  }
}
