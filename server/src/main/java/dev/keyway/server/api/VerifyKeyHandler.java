package dev.keyway.server.api;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.apikey.PresentedKey;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.ProblemCode;
import dev.keyway.server.http.ProblemException;
import dev.keyway.server.http.RateLimitHeaders;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/keys/verify}: says whether a key may, and if not, why. */
final class VerifyKeyHandler implements Operation {
  private static final String VALID = "valid";

  private final Access access;
  private final Products products;
  private final Verifier verifier;
  private final ScopeOfResource scopeOfResource;
  private final ApiKeyStore keys;
  private final KeyJson keyJson;

  VerifyKeyHandler(
      Access access,
      Products products,
      Verifier verifier,
      ScopeOfResource scopeOfResource,
      ApiKeyStore keys,
      KeyJson keyJson) {
    this.access = access;
    this.products = products;
    this.verifier = verifier;
    this.scopeOfResource = scopeOfResource;
    this.keys = keys;
    this.keyJson = keyJson;
  }

  @Override
  public Answer answer(Call call) {
    var operator = Access.operator(call.caller(), Right.VERIFY);
    Body body = call.body(Body.class);
    String key = Fields.required("key", body.key);
    Product wanted = body.product == null ? null : access.product(body.product);
    if (wanted != null) {
      Access.operator(call.caller(), Right.VERIFY, wanted.slug());
    }
    Product own = productOf(key);
    if (own != null && !Access.covers(operator, own.slug())) {
      // The operator has no business with it, so nothing is looked up and nothing is counted.
      return Answer.ok(refusal(DenialReason.WRONG_PRODUCT));
    }
    return answer(verifier.verify(request(call, body, key, wanted, own)));
  }

  private VerificationRequest request(
      Call call, Body body, String key, @Nullable Product wanted, @Nullable Product own) {
    boolean counts = body.count == null || body.count;
    int cost = body.cost == null ? 1 : body.cost;
    if (cost < 1 || cost > RateLimit.MAX_COST) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST, "cost is a whole number from 1 to " + RateLimit.MAX_COST);
    }
    return new VerificationRequest(
        wanted,
        new Credential.Single(Place.DIRECT, key, null),
        body.resource == null || own == null ? null : scopeOfResource.of(own, body.resource),
        own == null || !counts ? null : own.limits().charge(own.counting().verify(), cost),
        call.request().client());
  }

  private Answer answer(VerificationDecision decision) {
    return switch (decision) {
      case Allowed allowed -> answer(allowed);
      case Denied denied -> answer(denied);
      case Indeterminate _ ->
          throw new ProblemException(
              ProblemCode.CANNOT_VERIFY,
              "The key cannot be verified now; this says nothing about the key.",
              Map.of("Retry-After", "1"));
    };
  }

  private Answer answer(Allowed allowed) {
    var json = new JsonObject().put("valid", true).put("code", VALID);
    ApiKey key = allowed.key().key();
    Owners.putInto(json.put("key", keyJson.inUse(key)), key);
    return answer(json, allowed.limit());
  }

  private Answer answer(Denied denied) {
    var json = refusal(denied.reason());
    VerifiableKey key = denied.key();
    return answer(key == null ? json : putRefused(json, key.key()), denied.limit());
  }

  private static Answer answer(JsonObject json, @Nullable LimitState limit) {
    return limit == null
        ? Answer.ok(json)
        : Answer.ok(json.put("limit", LimitJson.of(limit))).with(RateLimitHeaders.of(limit));
  }

  private static JsonObject refusal(DenialReason reason) {
    return new JsonObject().put("valid", false).put("code", reason.text());
  }

  private JsonObject putRefused(JsonObject json, ApiKey key) {
    return Owners.putInto(json.put("key", keyJson.of(key, lastUse(key))), key);
  }

  /** A refusal is no use, so the last one is read; an outage does not undo the decision. */
  private @Nullable Instant lastUse(ApiKey key) {
    try {
      return keys.find(key.id()).map(ListedKey::lastUsedAt).orElse(null);
    } catch (UnavailableException e) {
      return null;
    }
  }

  /** The product whose prefix the key has; null when it has no product's form. */
  private @Nullable Product productOf(String key) {
    PresentedKey presented = products.format().parse(key);
    return presented == null ? null : products.byPrefix(presented.prefix());
  }

  /** The key is kept out of every message: records print their parts. */
  private record Body(
      @Nullable String key,
      @Nullable String product,
      @Nullable String resource,
      @Nullable Boolean count,
      @Nullable Integer cost) {
    @Override
    public String toString() {
      return "Body[redacted]";
    }
  }
}
