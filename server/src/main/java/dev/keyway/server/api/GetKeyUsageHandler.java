package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.GetKeyUsage;
import dev.keyway.core.usage.RecentRefusals.Refusal;
import dev.keyway.core.usage.UsageRange.Step;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.usage.UsageSeries;
import dev.keyway.core.usage.UsageStore.ClientUse;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code GET /v1/keys/{key}/usage}: shows how a key was used over time. */
final class GetKeyUsageHandler implements Operation {
  private static final Set<String> PARAMETERS = Set.of("from", "to", "step");

  private final GetKeyUsage getKeyUsage;

  GetKeyUsageHandler(GetKeyUsage getKeyUsage) {
    this.getKeyUsage = getKeyUsage;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    ApiKeyId key = KeyIds.inPath(call);
    Query query = call.query(this);
    String step = query.one("step");
    var found =
        getKeyUsage.execute(
            call.caller(),
            key,
            Fields.time("from", query.one("from"), Invalid::request),
            Fields.time("to", query.one("to"), Invalid::request),
            step == null ? Step.DAY : Fields.oneOf(Step.class, "step", step));
    return Answer.ok(json(key, found));
  }

  private static JsonObject json(ApiKeyId key, GetKeyUsage.Result found) {
    var range = found.range();
    UsageSeries series = found.series();
    List<JsonObject> steps = new ArrayList<>();
    Map<String, Long> refusals = new TreeMap<>();
    long requests = 0;
    for (int i = 0; i < range.size(); i++) {
      requests += series.requests(i);
      series.refusals(i).forEach((reason, count) -> refusals.merge(reason, count, Long::sum));
      steps.add(
          new JsonObject()
              .put("at", range.begin(i))
              .put("requests", series.requests(i))
              .put("refusals", byReason(series.refusals(i))));
    }
    return new JsonObject()
        .put("key", key.toString())
        .put("from", range.from())
        .put("to", range.to())
        .put("step", range.step().text())
        .put("requests", requests)
        .put("refusals", byReason(refusals))
        .putAll("data", steps)
        .putAll(
            "recent_refusals",
            found.recentRefusals().stream().map(GetKeyUsageHandler::refusal).toList())
        .putAll("clients", found.clients().stream().map(GetKeyUsageHandler::client).toList())
        .put("accuracy_seconds", UsageRecorder.FLUSH_INTERVAL.toSeconds());
  }

  private static JsonObject byReason(Map<String, Long> refusals) {
    var json = new JsonObject();
    refusals.forEach(json::put);
    return json;
  }

  private static JsonObject refusal(Refusal refusal) {
    return new JsonObject()
        .put("at", refusal.at())
        .put("reason", refusal.reason())
        .put("address", refusal.address());
  }

  private static JsonObject client(ClientUse use) {
    return new JsonObject()
        .put("client", use.client())
        .put("address", use.addressPrefix())
        .put("first_seen_at", use.firstSeenAt())
        .put("last_seen_at", use.lastSeenAt())
        .put("requests", use.requests());
  }
}
