package dev.keyway.app.config;

import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.References;
import dev.keyway.store.redis.RedisSettings;
import java.net.URI;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The form of {@code redis}: where the server is that counts limits. */
final class RedisForms {
  private static final Pattern ADDRESS =
      Pattern.compile("rediss?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(/[0-9]{0,3})?");

  private RedisForms() {}

  static Form<RedisSettings> redis(References references) {
    return Forms.section(fields -> settings(fields, references));
  }

  private static Supplier<RedisSettings> settings(Fields fields, References references) {
    var url = fields.required("url", address(references));
    var user = fields.optional("user", references.text());
    var password = fields.optional("password", references.only("a password"));
    var authorities = fields.optional("ca", ListenerForms.authorities(references));
    return () -> new RedisSettings(url.get(), user.or(""), password.or(""), authorities.orNull());
  }

  /** Mistakes do not quote it: whoever writes it wrongly may have written a password into it. */
  private static Form<URI> address(References references) {
    Form<String> text = references.text();
    return (node, mistakes) -> {
      String url = text.read(node, mistakes);
      if (url == null) {
        return null;
      }
      if (url.contains("@")) {
        mistakes.add(node, "must not hold a user or a password; they have their own fields");
        return null;
      }
      if (!ADDRESS.matcher(url).matches()) {
        mistakes.add(node, "must be a URL such as rediss://host:6379");
        return null;
      }
      return URI.create(url);
    };
  }
}
