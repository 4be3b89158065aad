package dev.keyway.server.api;

import static dev.keyway.server.api.Scenario.scenario;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST /v1/keys/verify}: each code, and who may ask. No decision leaves a row. */
final class VerifyScenariosTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("decisions")
  void row(Scenario scenario) {
    try (var api = new RunningApi()) {
      scenario.play(api);
    }
  }

  static Stream<Scenario> decisions() {
    return Stream.of(
        verify("valid", "{'key':'{memo.secret}'}")
            .answers(
                200,
                "'valid':true",
                "'last_used_at':'20",
                "'account':{'id':'{ada}'}",
                "'workspace':{'id':'ws_")
            .without("{memo.secret}"),
        verify("a product that takes the query alone", "{'key':'{lake.secret}'}")
            .answers(200, "'code':'valid'"),
        verify("malformed", "{'key':''}").answers(200, "'code':'malformed'"),
        verify("wrong product", "{'key':'{meko.secret}','product':'mecha'}")
            .answers(200, "'code':'wrong_product'"),
        verify("revoked", "{'key':'{meko.secret}'}")
            .after("DELETE /v1/keys/{meko.id}")
            .answers(200, "'code':'revoked'", "'valid':false", "'last_used_at':null"),
        verify("deactivated", "{'key':'{bobs.secret}'}")
            .after("GET /v1/keys/{bobs.id}")
            .after("DELETE /v1/workspaces/{workspace}/members/{bob}")
            .answers(200, "'code':'deactivated'"),
        verify("plan", "{'key':'{memo.secret}'}")
            .after("GET /v1/keys/{memo.id}")
            .after("PATCH /v1/workspaces/{workspace} {'plan':'free'}")
            .answers(200, "'code':'plan_required'"),
        verify("own resource", "{'key':'{lake.secret}','resource':'{project}'}")
            .answers(200, "'code':'valid'"),
        verify("another resource", "{'key':'{lake.secret}','resource':'{other_project}'}")
            .answers(200, "'code':'out_of_scope'"),
        verify(
                "resource of the account (MEKO-7)",
                "{'key':'{meko.secret}','resource':'{datapack}'}")
            .answers(200, "'code':'valid'"),
        verify("unknown resource", "{'key':'{meko.secret}','resource':'res_none'}")
            .answers(200, "'code':'out_of_scope'"),
        verify("a number for true", "{'key':'x','count':1}")
            .answers(400, "must be true or false")
            .leaves("key.verify refused invalid_request"),
        verify("a text for true", "{'key':'x','count':'true'}")
            .answers(400, "must be true or false")
            .leaves("key.verify refused invalid_request"),
        verify("a key that is no JSON is not quoted", "{'key':mko_tkn_abc}")
            .answers(400, "line 1, column")
            .without("mko_tkn_abc")
            .leaves("key.verify refused invalid_request"),
        verify("no key", "{'product':'meko'}")
            .answers(400, "'code':'invalid_request'")
            .leaves("key.verify refused invalid_request"),
        scenario("without the right", "reader", "POST /v1/keys/verify")
            .body("{'key':'{meko.secret}'}")
            .answers(403, "'code':'forbidden'")
            .leaves("key.verify refused forbidden"),
        scenario("a product key asks", "key:mecha", "POST /v1/keys/verify")
            .body("{'key':'{mecha.secret}'}")
            .answers(403, "'code':'forbidden'")
            .without("{mecha.secret}")
            .leaves("key.verify refused forbidden"),
        scenario("operator of another product", "meko_operator", "POST /v1/keys/verify")
            .body("{'key':'{mecha.secret}'}")
            .answers(200, "'code':'wrong_product'")
            .without("{mecha.id}"));
  }

  private static Scenario verify(String title, String body) {
    return scenario(title, "verifier", "POST /v1/keys/verify").body(body);
  }
}
