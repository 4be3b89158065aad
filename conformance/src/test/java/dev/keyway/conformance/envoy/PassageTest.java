package dev.keyway.conformance.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.EnvoyDoor;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Envoy is told to put into a request that passes, and to take out of it. */
@DisplayName("Envoy: what the upstream sees")
final class PassageTest {
  private final Bench bench = Bench.shared();

  /** The headers of a request after Envoy has done what it was told: first set, then remove. */
  private static Map<String, String> applied(OkHttpResponse told, String... sent) {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < sent.length; i += 2) {
      headers.put(sent[i].toLowerCase(Locale.ROOT), sent[i + 1]);
    }
    for (HeaderValueOption option : told.getHeadersList()) {
      assertThat(isAppended(option)).as("%s", option.getHeader().getKey()).isFalse();
      headers.put(
          option.getHeader().getKey().toLowerCase(Locale.ROOT), option.getHeader().getValue());
    }
    told.getHeadersToRemoveList().forEach(name -> headers.remove(name.toLowerCase(Locale.ROOT)));
    return headers;
  }

  /** As every version of Envoy reads it: the deprecated field first. */
  @SuppressWarnings("deprecation")
  private static boolean isAppended(HeaderValueOption option) {
    return option.hasAppend() ? option.getAppend().getValue() : option.getAppendActionValue() == 0;
  }

  @Test
  void credentialsAndForgeries_areTakenOut_andOursArePutIn() {
    NewKey key = bench.key("echo");
    String[] sent = {
      "Authorization", key.bearer(),
      "X-API-Key", " ",
      "Proxy-Authorization", "Basic x",
      "Keyway-Key-Id", "key_forged",
      "keyway_key_id", "key_forged",
      "Keyway-Workspace-Id", "ws_forged",
      "Keyway_Workspace-Id", "ws_forged",
      "Keyway-Identity", "forged",
      "Keyway-Anything", "forged",
      "x_api_key", "forged",
      "X-HTTP-Method-Override", "DELETE",
      "X-Original-URL", "/admin",
      "Cookie", "a=1; keyway_session=s; __Host-keyway=t; b=2",
      "Referer", "https://app.example/x?apikey=" + key.secret() + "&y=1",
      "Accept", "text/plain",
      "X-Mine", "kept"
    };
    try (EnvoyDoor envoy = bench.keyway().envoy()) {
      CheckResponse response = envoy.check("GET", "/echo/t", sent);
      Map<String, String> seen = applied(response.getOkResponse(), sent);
      String requestId = String.valueOf(seen.remove("keyway-request-id"));
      String account = String.valueOf(seen.remove("keyway-account-id"));
      assertThat(requestId).startsWith("req_");
      assertThat(account).startsWith("acc_");
      assertThat(seen)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "keyway-key-id", key.id(),
                  "cookie", "a=1; b=2",
                  "referer", "https://app.example/x?y=1",
                  "accept", "text/plain",
                  "x-mine", "kept"));
      assertThat(response.getDynamicMetadata().getFieldsMap())
          .containsEntry("key_id", text(key.id()))
          .containsEntry("product", text("echo"))
          .containsEntry("account", text(account))
          .containsEntry("request_id", text(requestId));
      assertThat(response.toString()).doesNotContain(key.secret());
    }
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  @Test
  void queryParameters_thatCarryAKey_areTakenOut() {
    RunningKeyway keyway = RunningKeyway.shared();
    NewKey key = Products.MEMORYLAKE.newKey(keyway.tenants());
    try (EnvoyDoor envoy = keyway.envoy()) {
      OkHttpResponse told =
          envoy
              .check("POST", "/memorylake/mcp/v1?a=1&apikey=" + key.secret() + "&b=2")
              .getOkResponse();
      assertThat(told.getQueryParametersToRemoveList()).containsExactly("apikey");
      OkHttpResponse plain =
          envoy
              .check("POST", "/memorylake/mcp/v1?a=1", "Authorization", key.bearer())
              .getOkResponse();
      assertThat(plain.getQueryParametersToRemoveList()).isEmpty();
    }
  }

  @Test
  void signedRoute_bringsAnIdentity() {
    NewKey key = bench.key("echo");
    try (EnvoyDoor envoy = bench.keyway().envoy()) {
      for (int i = 0; i < 2; i++) {
        String[] sent = {"Authorization", key.bearer(), "Keyway-Identity", "forged"};
        Map<String, String> seen =
            applied(envoy.check("GET", "/echo/signed", sent).getOkResponse(), sent);
        assertThat(seen.getOrDefault("keyway-identity", "").split("\\.")).hasSize(3);
      }
    }
  }

  @Test
  void revokedKey_isRefusedAtOnce() {
    NewKey key = bench.key("echo");
    try (EnvoyDoor envoy = bench.keyway().envoy()) {
      List<String> bearer = List.of("Authorization", key.bearer());
      envoy.call("GET", "/echo/t", bearer.toArray(String[]::new)).expect(200);
      bench.keyway().tenants().revoke(key.id());
      envoy.call("GET", "/echo/t", bearer.toArray(String[]::new)).problem(401, "invalid_key");
    }
  }
}
