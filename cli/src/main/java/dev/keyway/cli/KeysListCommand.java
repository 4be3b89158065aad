package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyway keys list}: keys, newest first, page after page. */
@Command(name = "list", description = "List keys, newest first.")
final class KeysListCommand implements Callable<Integer> {
  private static final int PAGE = 100;

  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--product", description = "Those of a product.")
  private @Nullable String product;

  @Option(names = "--account", paramLabel = "ID", description = "Those of an account.")
  private @Nullable String account;

  @Option(names = "--workspace", paramLabel = "ID", description = "Those of a workspace.")
  private @Nullable String workspace;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "active, expired, revoked, deactivated, deleted or all.")
  private @Nullable String status;

  @Option(
      names = "--expires-within",
      paramLabel = "SPAN",
      description = "Those that end by then, such as 30d.")
  private @Nullable String expiresWithin;

  @Option(
      names = "--idle-for",
      paramLabel = "SPAN",
      description = "Those that nobody has used for so long.")
  private @Nullable String idleFor;

  @Option(names = "--search", paramLabel = "TEXT", description = "Those with a text in name or id.")
  private @Nullable String search;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  KeysListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      ArrayNode keys = JsonNodeFactory.instance.arrayNode();
      String next = gather(loggedIn, keys);
      answer(keys, next);
      if (next != null) {
        output.say(terminal, "There are more; --limit shows them");
      }
      return 0;
    }
  }

  /** Where the rest begins, or null. */
  private @Nullable String gather(LoggedIn loggedIn, ArrayNode keys) {
    Map<String, String> query = query();
    while (true) {
      query.put("limit", String.valueOf(Math.clamp(limit - keys.size(), 1, PAGE)));
      JsonNode page = loggedIn.server().get("/v1/keys", query);
      page.path("data").forEach(keys::add);
      JsonNode next = page.path("next_cursor");
      if (!next.isTextual() || keys.size() >= limit) {
        return next.isTextual() ? next.asText() : null;
      }
      query.put("cursor", next.asText());
    }
  }

  private Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    put(query, "product", product);
    put(query, "account", account);
    put(query, "workspace", workspace);
    put(query, "status", status);
    put(query, "expires_within", expiresWithin);
    put(query, "idle_for", idleFor);
    put(query, "q", search);
    return query;
  }

  private static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }

  private void answer(ArrayNode keys, @Nullable String next) {
    if (output.isJson()) {
      var page = JsonNodeFactory.instance.objectNode();
      page.set("data", keys);
      OutputOptions.print(terminal, page.put("next_cursor", next));
    } else if (output.isQuiet()) {
      keys.forEach(key -> terminal.print(key.path("id").asText()));
    } else if (keys.isEmpty()) {
      terminal.say("No keys");
    } else {
      terminal.print(KeyText.table(keys));
    }
  }
}
