package dev.keyway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.OutputOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in what the data file says of one client, in one form, on one system. */
final class Renderer {
  private final ClientsFile file;
  private final OperatingSystem system;
  private final Target target;

  Renderer(ClientsFile file, OperatingSystem system, Target target) {
    this.file = file;
    this.system = system;
    this.target = target;
  }

  /** The forms in which a client can carry a key that the product takes. */
  List<JsonNode> forms(JsonNode client, JsonNode carriers) {
    var forms = new ArrayList<JsonNode>();
    for (JsonNode form : client.path("forms")) {
      if (carries(form, carriers) && !ways(client, form).isEmpty()) {
        forms.add(form);
      }
    }
    return forms;
  }

  private boolean carries(JsonNode form, JsonNode carriers) {
    return switch (form.path("form").asText()) {
      case "basic" -> ClientsFile.holds(carriers, "basic");
      case "url" -> target.queryParameter() != null;
      default -> ClientsFile.holds(carriers, "bearer") || ClientsFile.holds(carriers, "x-api-key");
    };
  }

  /** The ways to connect; one is enough, and the first is to be offered. */
  List<Step> ways(JsonNode client, JsonNode form) {
    return render(client.path("ways"), form, target);
  }

  /** How the variable of a form is set; nothing for forms that have none. */
  List<Step> variable(JsonNode client, JsonNode form) {
    if (!form.path("form").asText().equals("env") || form.path("keeps").asText().equals("prompt")) {
      return List.of();
    }
    JsonNode own = client.path("variable");
    String place = client.path("kind").asText().equals("cli") ? "terminal" : "apps";
    return render(
        own.isMissingNode() ? file.root().path("variables").path(place) : own, form, target);
  }

  /** How to see that a client is connected; never with the key. */
  List<Step> verify(JsonNode client, JsonNode form) {
    return render(client.path("verify"), form, target.withKey(null, null));
  }

  private List<Step> render(JsonNode steps, JsonNode form, Target to) {
    Map<String, String> values = values(form, to);
    var template = new Template(values, system.hasPowerShell());
    var rendered = new ArrayList<Step>();
    for (JsonNode step : steps) {
      if (fits(step, form.path("form").asText(), to)) {
        rendered.add(rendered(step, values, template));
      }
    }
    return rendered;
  }

  private boolean fits(JsonNode step, String form, Target to) {
    return allows(step.path("os"), system.key())
        && allows(step.path("forms"), form)
        && allows(step.path("headers"), to.isBearer() ? "bearer" : "x-api-key")
        && (step.path("route").isMissingNode() || step.path("route").asText().equals(to.route()));
  }

  private static boolean allows(JsonNode list, String one) {
    return list.isMissingNode() || ClientsFile.holds(list, one);
  }

  private Step rendered(JsonNode step, Map<String, String> values, Template template) {
    JsonNode json = step.path("json").isMissingNode() ? null : template.fill(step.path("json"));
    JsonNode path = step.path("path");
    return new Step(
        step.path("title").asText(),
        step.path("language").asText(),
        path.isMissingNode() ? null : template.fill(here(path)),
        text(step, values, json),
        json,
        step.path("whole_file").asBoolean(false),
        step.path("evidence").isTextual() ? step.path("evidence").asText() : null);
  }

  private @Nullable String text(
      JsonNode step, Map<String, String> values, @Nullable JsonNode json) {
    JsonNode text = step.path("text");
    if (text.isMissingNode()) {
      return json == null ? null : OutputOptions.pretty(json);
    }
    var lines = new ArrayList<String>();
    text.forEach(line -> lines.add(line.asText()));
    Map<String, String> all = new HashMap<>(values);
    if (json != null) {
      all.put("config", json.toString());
    }
    return new Template(all, system.hasPowerShell()).fill(String.join("\n", lines));
  }

  private Map<String, String> values(JsonNode form, Target to) {
    var values = new HashMap<String, String>();
    String key = or(to.key(), file.root().path("key_placeholder").asText());
    String keyId = or(to.keyId(), file.root().path("key_id_placeholder").asText());
    values.put("name", to.name());
    values.put("title", to.title());
    values.put("url", to.url());
    values.put("variable", to.variable());
    values.put("key", key);
    values.put("key_id", keyId);
    values.put("basic", keyId + ":" + key);
    values.put(
        "allow_http", to.url().toLowerCase(Locale.ROOT).startsWith("http:") ? "--allow-http" : "");
    values.put(
        "endpoint", form.path("form").asText().equals("url") ? withQuery(to, key) : to.url());
    values.put("header_name", to.isBearer() ? "Authorization" : "X-API-Key");
    putHeader(values, form, to);
    return values;
  }

  private void putHeader(Map<String, String> values, JsonNode form, Target to) {
    JsonNode value = form.path("value");
    String reference =
        value.isMissingNode()
            ? ""
            : new Template(Map.copyOf(values), system.hasPowerShell()).fill(here(value));
    String header = reference.isEmpty() || !to.isBearer() ? reference : "Bearer " + reference;
    values.put("reference", reference);
    values.put("header_value", header);
    values.put("header", header.isEmpty() ? "" : values.get("header_name") + ": " + header);
  }

  private static String withQuery(Target to, String key) {
    if (to.queryParameter() == null) {
      throw new CliException(ExitCode.USAGE, "the product takes no key in the address");
    }
    return to.url()
        + (to.url().contains("?") ? '&' : '?')
        + to.queryParameter()
        + '='
        + Percent.encoded(key);
  }

  /** One text for every system, or that of this one. */
  private String here(JsonNode text) {
    JsonNode own = text.isTextual() ? text : text.path(system.key());
    if (own instanceof MissingNode) {
      throw new IllegalStateException("connect/clients.json has no value for " + system.key());
    }
    return own.asText();
  }

  private static String or(@Nullable String text, String other) {
    return text == null ? other : text;
  }
}
