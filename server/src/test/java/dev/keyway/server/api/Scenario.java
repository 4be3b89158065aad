package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.api.Client.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a scenario table: a request, the status, what the body has and must not have, and the
 * row of the trail it leaves. Quotes in bodies are written as {@code '}.
 */
final class Scenario {
  private final String title;
  private final String caller;
  private final String method;
  private final String path;
  private @Nullable String body;
  private int status;
  private List<String> has = List.of();
  private List<String> hasNot = List.of();
  private @Nullable String audit;
  private final List<String> before = new ArrayList<>();

  private Scenario(String title, String caller, String method, String path) {
    this.title = title;
    this.caller = caller;
    this.method = method;
    this.path = path;
  }

  /** A row; {@code call} is a method and a path. */
  static Scenario scenario(String title, String caller, String call) {
    int space = call.indexOf(' ');
    return new Scenario(title, caller, call.substring(0, space), call.substring(space + 1));
  }

  Scenario body(String text) {
    body = text;
    return this;
  }

  /** A call of the operator's made first, as {@code METHOD path body}. */
  Scenario after(String call) {
    before.add(call);
    return this;
  }

  Scenario answers(int expected, String... texts) {
    status = expected;
    has = Arrays.asList(texts);
    return this;
  }

  Scenario without(String... texts) {
    hasNot = Arrays.asList(texts);
    return this;
  }

  /** The newest row of the trail, as {@code action outcome}. */
  Scenario leaves(String row) {
    audit = row;
    return this;
  }

  void play(RunningApi api) {
    var fixtures = new Fixtures(api);
    // Everything spoken of is made before the trail is looked at.
    Client client = fixtures.as(caller);
    String target = fixtures.fill(path);
    String sent = body == null ? null : quoted(fixtures.fill(body));
    List<String> expected = has.stream().map(text -> quoted(fixtures.fill(text))).toList();
    List<String> forbidden = hasNot.stream().map(text -> quoted(fixtures.fill(text))).toList();
    for (String call : before) {
      String[] parts = fixtures.fill(call).split(" ", 3);
      var first = fixtures.as("operator");
      assertThat(first.send(parts[0], parts[1], parts.length < 3 ? null : quoted(parts[2])).status)
          .isLessThan(300);
    }
    int rows = api.trail().size();
    api.world.tick();
    Reply reply = client.send(method, target, sent);
    assertThat(reply.status).as(reply.text).isEqualTo(status);
    if (!expected.isEmpty()) {
      assertThat(reply.text).contains(expected);
    }
    if (!forbidden.isEmpty()) {
      assertThat(reply.text).doesNotContain(forbidden);
    }
    assertAudit(api, rows, audit == null ? null : fixtures.fill(audit));
  }

  private void assertAudit(RunningApi api, int rowsBefore, @Nullable String expected) {
    var trail = api.trail();
    if (expected == null) {
      assertThat(trail).hasSize(rowsBefore);
      return;
    }
    assertThat(trail).hasSize(rowsBefore + 1);
    var row = trail.getFirst();
    String shown = row.action() + " " + row.outcome().text();
    assertThat(row.reason() == null ? shown : shown + " " + row.reason()).isEqualTo(expected);
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  @Override
  public String toString() {
    return title;
  }
}
