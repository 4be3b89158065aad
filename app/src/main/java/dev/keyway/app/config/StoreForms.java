package dev.keyway.app.config;

import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.app.yaml.YamlNode.Entry;
import dev.keyway.app.yaml.YamlNode.Mapping;
import dev.keyway.store.postgres.PostgresSettings;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The form of {@code store}: where PostgreSQL is. */
public final class StoreForms {
  /** What to say of a server that need not prove which one it is. */
  public static final String UNCHECKED =
      "store.url has no sslmode=verify-full: whoever stands between Keyway and PostgreSQL can pose as it";

  static final String SECTION = "store";

  private static final Pattern ADDRESS =
      Pattern.compile("jdbc:postgresql://[^\\s@?#]+/[^\\s@?#/]+(\\?[^\\s#]*)?");
  private static final Pattern SECRET = Pattern.compile("(?i)[?&](user|password|sslpassword)=");

  private StoreForms() {}

  /**
   * Reads nothing but this section of the settings: for commands that need no more of them.
   *
   * @param file the name that messages give
   * @throws MistakesException naming every mistake with its line
   */
  public static Optional<PostgresSettings> read(String file, String text, References references) {
    Form<PostgresSettings> form = postgres(references);
    return YamlFile.read(
        file,
        text,
        (node, mistakes) -> {
          Entry entry = node instanceof Mapping all ? all.entries().get(SECTION) : null;
          return entry == null || entry.value().isNull()
              ? Optional.empty()
              : Optional.ofNullable(form.read(entry.value(), mistakes));
        });
  }

  static Form<PostgresSettings> postgres(References references) {
    return Forms.section(fields -> settings(fields, references));
  }

  private static Supplier<PostgresSettings> settings(Fields fields, References references) {
    var url = fields.required("url", address(references));
    var user = fields.required("user", references.text());
    var password = fields.optional("password", references.only("a password"));
    var connections =
        fields.optional(
            "connections",
            Forms.number(PostgresSettings.LEAST_CONNECTIONS, PostgresSettings.MOST_CONNECTIONS));
    var lease =
        fields.optional(
            "lease",
            Forms.duration(PostgresSettings.SHORTEST_LEASE, PostgresSettings.LONGEST_LEASE));
    return () ->
        new PostgresSettings(
            url.get(),
            user.get(),
            password.or(""),
            connections.or(PostgresSettings.DEFAULT_CONNECTIONS),
            lease.orNull());
  }

  /** Mistakes do not quote it: whoever writes it wrongly may have written a password into it. */
  private static Form<String> address(References references) {
    Form<String> text = references.text();
    return (node, mistakes) -> {
      String url = text.read(node, mistakes);
      if (url == null) {
        return null;
      }
      if (SECRET.matcher(url).find() || url.contains("@")) {
        mistakes.add(node, "must not hold a user or a password; they have their own fields");
        return null;
      }
      if (!ADDRESS.matcher(url).matches()) {
        mistakes.add(node, "must be a URL such as jdbc:postgresql://host:5432/database");
        return null;
      }
      return url;
    };
  }
}
