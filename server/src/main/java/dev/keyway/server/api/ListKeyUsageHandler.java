package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.ListKeyUsage;
import dev.keyway.core.usage.UsageRange;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.usage.UsageSeries;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/usage}: shows the daily use of several keys. */
final class ListKeyUsageHandler implements Operation {
  private static final Set<String> PARAMETERS = Set.of("keys", "days");
  private static final Pattern DAYS = Pattern.compile("[0-9]{1,3}");
  private static final int USUAL_DAYS = 30;

  private final ListKeyUsage listKeyUsage;

  ListKeyUsageHandler(ListKeyUsage listKeyUsage) {
    this.listKeyUsage = listKeyUsage;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.query(this);
    List<ApiKeyId> keys =
        query.all("keys").stream().map(text -> KeyIds.inField("keys", text)).toList();
    var found = listKeyUsage.execute(call.caller(), keys, days(query.one("days")));
    UsageRange range = found.range();
    List<JsonObject> rows =
        found.series().entrySet().stream()
            .map(entry -> row(entry.getKey(), entry.getValue(), range.size()))
            .toList();
    return Answer.ok(
        new JsonObject()
            .put("from", range.from())
            .put("step", range.step().text())
            .put("accuracy_seconds", UsageRecorder.FLUSH_INTERVAL.toSeconds())
            .putAll("data", rows));
  }

  private static JsonObject row(ApiKeyId key, UsageSeries series, int steps) {
    return new JsonObject()
        .put("key", key.toString())
        .putNumbers("requests", each(steps, series::requests))
        .putNumbers("refusals", each(steps, series::allRefusals));
  }

  private static List<Long> each(int steps, IntToLongFunction count) {
    return IntStream.range(0, steps).mapToLong(count).boxed().toList();
  }

  private static int days(@Nullable String text) {
    if (text == null) {
      return USUAL_DAYS;
    }
    if (!DAYS.matcher(text).matches()) {
      throw Invalid.request("'days' must be a number from 1 to " + ListKeyUsage.MOST_DAYS + ".");
    }
    return Integer.parseInt(text);
  }
}
