package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.apikey.ListApiKeys;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/keys}: lists keys. */
final class ListKeysHandler implements Operation {
  private static final Set<String> PARAMETERS =
      Call.listParameters(
          "product",
          "workspace",
          "resource",
          "account",
          "status",
          "expires_within",
          "idle_for",
          "q",
          "sort");

  private static final String SORTS =
      KeySort.all().stream()
          .map(KeySort::text)
          .collect(Collectors.joining(", ", "'sort' must be one of: ", "."));

  private final ListApiKeys listApiKeys;
  private final KeyJson keyJson;

  ListKeysHandler(ListApiKeys listApiKeys, KeyJson keyJson) {
    this.listApiKeys = listApiKeys;
    this.keyJson = keyJson;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.query(this);
    KeySort sort = sort(query.one("sort"));
    var page =
        listApiKeys.execute(
            call.caller(),
            new ListApiKeys.Query(
                query.one("product"),
                query.one("workspace"),
                query.one("resource"),
                query.one("account"),
                statuses(query),
                Fields.span("expires_within", query.one("expires_within")),
                Fields.span("idle_for", query.one("idle_for")),
                query.one("q"),
                sort,
                Call.page(query, sort.order())));
    return Answer.ok(JsonObject.page(page, keyJson::of));
  }

  private static KeySort sort(@Nullable String text) {
    return text == null
        ? KeySort.NEWEST_FIRST
        : KeySort.of(text).orElseThrow(() -> Invalid.request(SORTS));
  }

  /** The statuses asked for; {@code deleted} and {@code all} stand for several. */
  private static Set<KeyStatus> statuses(Query query) {
    Set<KeyStatus> statuses = EnumSet.noneOf(KeyStatus.class);
    for (String text : query.all("status")) {
      switch (text) {
        case "all" -> statuses.addAll(EnumSet.allOf(KeyStatus.class));
        case "deleted" -> statuses.addAll(EnumSet.of(KeyStatus.REVOKED, KeyStatus.DEACTIVATED));
        default -> statuses.add(Fields.oneOf(KeyStatus.class, "status", text));
      }
    }
    return statuses;
  }
}
