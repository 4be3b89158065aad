package dev.keyway.server.api;

import dev.keyway.core.PageRequest;
import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.api.Client.Reply;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The people and things that scenarios speak of by name: {@code {ada}} in a path or a body becomes
 * Ada's id. Keys are made when they are first spoken of.
 */
final class Fixtures {
  private static final Pattern NAME = Pattern.compile("\\{([a-z_.]+)}");

  /** Bob has none. */
  static final String ADAS_PASSWORD = "ada's own password";

  final Account ada;
  final Account bob;
  final Workspace workspace;
  final Resource datapack;
  final Resource project;
  final Resource otherProject;

  private final RunningApi api;
  private final Client anonymous;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Client> callers = new HashMap<>();

  Fixtures(RunningApi api) {
    this.api = api;
    this.anonymous = Client.anonymous(api.url());
    var world = api.world;
    this.ada = world.account("memo");
    this.bob = world.account("memo");
    api.stores.passwords().set(ada.id(), PlainPasswords.of(ADAS_PASSWORD), world.event());
    this.workspace = world.workspace(ada);
    world.join(workspace, bob, Role.MEMBER);
    Account mia = world.account("meko");
    Account max = world.account("mecha");
    Account lea = world.account("memorylake");
    this.datapack = world.resource(mia);
    this.project = world.resource(lea);
    this.otherProject = world.resource(lea);
    names.put("ada", ada.id().text());
    names.put("bob", bob.id().text());
    names.put("mia", mia.id().text());
    names.put("max", max.id().text());
    names.put("lea", lea.id().text());
    names.put("workspace", workspace.id().text());
    names.put("datapack", datapack.id().text());
    names.put("project", project.id().text());
    names.put("other_project", otherProject.id().text());
    callers.put("nobody", anonymous);
    callers.put("operator", anonymous.bearer(api.operator(EnumSet.allOf(Right.class))));
    callers.put("verifier", anonymous.bearer(api.operator(Set.of(Right.VERIFY))));
    callers.put("reader", anonymous.bearer(api.operator(Set.of(Right.READ))));
    callers.put(
        "meko_operator", anonymous.bearer(api.operator(EnumSet.allOf(Right.class), "meko")));
    names.put("meko_operator_key", limitedOperatorKey());
    callers.put("ada", person(ada));
    callers.put("bob", person(bob));
    callers.put("mia", person(mia));
    callers.put("max", person(max));
  }

  /** A caller by name; {@code key:NAME} is the holder of that key. */
  Client as(String name) {
    return name.startsWith("key:")
        ? anonymous.bearer(value(name.substring(4) + ".secret"))
        : Objects.requireNonNull(callers.get(name), name);
  }

  /** The text with every {@code {name}} replaced by what it stands for. */
  String fill(String text) {
    return NAME.matcher(text).replaceAll(match -> value(match.group(1)));
  }

  String value(String name) {
    String known = names.get(name);
    if (known == null) {
      make(name.substring(0, name.indexOf('.')));
      known = names.get(name);
    }
    if (known == null) {
      throw new IllegalArgumentException("nothing is called " + name);
    }
    return known;
  }

  private String limitedOperatorKey() {
    return api.stores.operatorKeys().list(PageRequest.first()).data().stream()
        .filter(key -> !key.products().isEmpty())
        .map(key -> key.id().text())
        .findFirst()
        .orElseThrow();
  }

  private Client person(Account account) {
    String id = account.id().text().replaceAll("[^0-9A-Za-z]", "");
    String cookie = id + "0".repeat(43 - id.length());
    var session = api.session(account, cookie);
    return anonymous
        .with("Cookie", "keyway_session=" + cookie)
        .with("X-CSRF-Token", session.csrfToken());
  }

  private void make(String key) {
    String body =
        switch (key) {
          case "meko" -> "{'product':'meko','account':'{mia}','name':'laptop/cursor'}";
          case "mecha" -> "{'product':'mecha','account':'{max}','name':'ci','expires_in':'30d'}";
          case "lake" -> "{'product':'memorylake','account':'{lea}','resource':'{project}'}";
          case "memo" -> "{'product':'memo','account':'{ada}','workspace':'{workspace}'}";
          case "bobs" -> "{'product':'memo','account':'{bob}','workspace':'{workspace}'}";
          default -> throw new IllegalArgumentException("no key is called " + key);
        };
    Reply created = as("operator").post("/v1/keys", fill(body).replace('\'', '"')).expect(201);
    names.put(key + ".id", created.at("/key/id"));
    names.put(key + ".secret", created.at("/secret"));
  }

  WorkspaceId workspaceId() {
    return workspace.id();
  }
}
