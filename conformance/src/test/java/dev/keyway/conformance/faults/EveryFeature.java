package dev.keyway.conformance.faults;

import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.OpenStream;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Tenants;
import java.util.UUID;

/** Uses keys rightly and wrongly in every way there is, and looks through each answer. */
final class EveryFeature {
  private final Canary canary;
  private final Api operator;
  private final Api anonymous;
  private final Door door;
  private final Tenants tenants;

  EveryFeature(Canary canary, Api operator, Door door) {
    this.canary = canary;
    this.operator = operator;
    this.anonymous = Api.anonymous(operator.control());
    this.door = door;
    this.tenants = new Tenants(operator);
  }

  void use(Products product) {
    canary.unusedKey(product.newKey(tenants), product.prefix());
    NewKey key = canary.key(product.newKey(tenants), product.prefix());
    canary.clean(door.knock(product.slug(), key.secret()).expect(200));
    presentEverywhere(product, key);
    presentWrongOnes(product, key);
    verify(product, key);
    manage(key);
    putIntoFields(product, key);
    replay(product);
    stream(product);
    String reason = "left over";
    canary.clean(operator.post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", reason)));
    canary.clean(door.knock(product.slug(), key.secret()).expect(401));
    canary.clean(tenants.verify(key.secret(), null, null));
    canary.clean(operator.get("/v1/audit?limit=100&key=" + key.id()).expect(200));
  }

  private void presentEverywhere(Products product, NewKey key) {
    String path = path(product);
    String secret = key.secret();
    String basic = Basic.of(key.id(), secret);
    canary.clean(door.get(path, "Authorization", basic));
    canary.clean(door.get(path, "Authorization", "Basic " + secret));
    canary.clean(door.get(path, "X-API-Key", secret));
    canary.clean(door.get(path, "Authorization", key.bearer(), "X-API-Key", secret));
    canary.clean(door.get(path, "Cookie", "session=" + secret));
    canary.clean(door.get(path, "X-Unknown", secret));
    canary.clean(door.get(path, "User-Agent", secret, "Referer", "https://x.example/" + secret));
    for (String agent : new String[] {secret, "client/1 (" + secret + ")", "client/" + secret}) {
      // Not through the gateway: the demo's upstreams, in one process with it, would be told.
      canary.clean(anonymous.bearer(secret).with("User-Agent", agent).get("/v1/me").expect(200));
    }
    canary.clean(operator.get("/v1/keys/" + key.id() + "/usage").expect(200));
    for (String name : new String[] {"apikey", "api_key", "access_token", "q"}) {
      canary.clean(door.get(path + "?" + name + "=" + secret));
    }
    canary.clean(door.get(path + "?apikey=" + secret.replace("_", "%5F")));
    canary.clean(door.get(path + "/" + secret).expect(401));
    canary.clean(door.get("/nowhere/" + secret));
    canary.clean(door.get("/" + secret + "/nowhere?x=" + secret));
    canary.clean(door.call("DELETE", path, secret, "Authorization", key.bearer()));
    canary.clean(door.initialize("/memo/mcp?apikey=" + secret));
    for (String line : new String[] {"GET " + path + "?apikey=" + secret + " HTTP/9", secret}) {
      try (RawConnection raw = door.connect()) {
        raw.send(line, "Authorization : " + secret);
        canary.clean("a malformed request's answer", raw.head().toString());
      }
    }
  }

  private void presentWrongOnes(Products product, NewKey key) {
    String prefix = product.prefix();
    String other = canary.wrongKey(KeyForm.withOtherSecret(key.secret()), prefix);
    String unknown = canary.wrongKey(Unissued.key(prefix), prefix);
    String malformed = unknown.substring(0, unknown.length() - 1) + "-";
    for (String wrong : new String[] {other, unknown, malformed}) {
      canary.clean(door.knock(product.slug(), wrong).expect(401));
      canary.clean(door.get(path(product), "X-API-Key", wrong));
      canary.clean(tenants.verify(wrong, null, null));
      canary.clean(anonymous.bearer(wrong).get("/v1/me").expect(401));
      canary.clean(anonymous.bearer(wrong).post("/v1/keys", Json.of("name", wrong)).expect(401));
    }
  }

  private void verify(Products product, NewKey key) {
    canary.clean(tenants.verify(key.secret(), product.slug(), null));
    canary.clean(tenants.verify(key.secret(), null, "res_000000000000"));
    canary.clean(operator.post("/v1/keys/verify", Json.of("key", key.secret(), "count", true)));
    canary.clean(operator.post("/v1/keys/verify", Json.of("key", "x", "product", key.secret())));
    canary.clean(operator.post("/v1/keys/verify", Json.of("kee", key.secret())));
  }

  private void manage(NewKey key) {
    Api own = anonymous.bearer(key.secret());
    canary.clean(own.get("/v1/me").expect(200));
    canary.clean(own.get("/v1/keys"));
    canary.clean(own.get("/v1/keys/" + key.id()));
    canary.clean(own.post("/v1/operator-keys", Json.of("name", "no")));
    canary.clean(operator.patch("/v1/keys/" + key.id(), Json.of("description", "seen")));
    canary.clean(operator.get("/v1/keys?limit=100&q=" + key.id()).expect(200));
  }

  private void putIntoFields(Products product, NewKey key) {
    String secret = key.secret();
    String text = "my key is " + secret + ".";
    for (String field : new String[] {"name", "description", "account", "expires_at", secret}) {
      var body = Json.of("product", product.slug(), field, text);
      canary.clean(operator.post("/v1/keys", body).expect(400));
    }
    String one = "/v1/keys/" + key.id();
    canary.clean(operator.post(one + "/revoke", Json.of("reason", text)).expect(400));
    canary.clean(operator.patch(one, Json.of("name", text)).expect(400));
    canary.clean(operator.post("/v1/accounts", Json.of("email", secret, "name", text)));
    canary.clean(operator.post("/v1/workspaces", Json.of("name", text)));
    canary.clean(operator.post("/v1/sessions", Json.of("email", "a@b.example", "password", text)));
    canary.clean(operator.get("/v1/keys/" + secret));
    canary.clean(operator.get("/v1/keys?q=" + secret));
    canary.clean(operator.get("/v1/keys?" + secret + "=1"));
    canary.clean(operator.get("/v1/audit?key=" + secret));
    canary.clean(anonymous.get("/nowhere/" + secret).expect(404));
    canary.clean(anonymous.get("/health?apikey=" + secret));
    canary.clean(anonymous.with("X-Unknown", secret).get("/health").expect(200));
    canary.clean(anonymous.with("Cookie", "keyway_session=" + secret).get("/v1/me"));
    canary.clean(operator.with("Idempotency-Key", secret).post(one + "/revoke").expect(400));
    canary.clean(operator.with("If-Match", "\"" + secret + "\"").get(one));
    canary.clean(operator.send("POST", "/v1/keys", "application/json", "{" + secret));
    canary.clean(operator.send("POST", "/v1/keys", secret + "/" + "json", "{}"));
  }

  private void replay(Products product) {
    Api caller = operator.with("Idempotency-Key", UUID.randomUUID().toString());
    var body = product.newRequest(tenants);
    var first = caller.post("/v1/keys", body).expect(201);
    canary.wrongKey(first.text("secret"), product.prefix());
    canary.clean(caller.post("/v1/keys", body).expect(201));
    canary.clean(caller.post("/v1/keys", Json.of("product", first.text("secret"))));
  }

  private void stream(Products product) {
    if (product == Products.MECHA) {
      return;
    }
    NewKey key = canary.key(product.newKey(tenants), product.prefix());
    String target =
        product == Products.MEMORYLAKE
            ? "/memorylake/mcp/v1?apikey=" + key.secret()
            : "/" + product.slug() + "/mcp";
    String field = product == Products.MEMORYLAKE ? "X-Nothing" : "Authorization";
    try (OpenStream stream = OpenStream.open(door, target, field, bearerFor(product, key))) {
      canary.clean(tenants.revoke(key.id()));
      if (!stream.isCut()) {
        throw new AssertionError("the stream of a revoked key is open");
      }
    }
  }

  private static String bearerFor(Products product, NewKey key) {
    return product == Products.MEMORYLAKE ? "x" : key.bearer();
  }

  private static String path(Products product) {
    return switch (product) {
      case MEKO -> "/meko/mcp";
      case MECHA -> "/mecha/v1/machines";
      case MEMORYLAKE -> "/memorylake/mcp/v1";
      case MEMO -> "/memo/api/v1/developer/transcriptions";
    };
  }
}
