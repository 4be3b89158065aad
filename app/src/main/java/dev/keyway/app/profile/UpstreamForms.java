package dev.keyway.app.profile;

import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.Mistakes;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlNode;
import dev.keyway.core.product.SecretText;
import dev.keyway.core.product.Upstream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The forms of what a profile says about the services behind the gateway. */
public final class UpstreamForms {
  /** Where a service is: http or https, and no more than host, port and a path. */
  public static final Form<URI> ADDRESS = UpstreamForms::address;

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

  static final Form<String> NAME =
      Forms.matching("[a-z][a-z0-9-]{0,30}", "a name of a-z, 0-9 and -, beginning with a letter");

  /** The gateway's own business (RFC 9110 section 7.6.1), or the framing of a request. */
  private static final Set<String> REFUSED_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private UpstreamForms() {}

  /** Services by name. */
  static Form<Map<String, Upstream>> upstreams(References references) {
    return Forms.mapOf(NAME, name -> Forms.section(fields -> upstream(fields, name, references)));
  }

  private static Supplier<Upstream> upstream(Fields fields, String name, References references) {
    var url = fields.optional("url", ADDRESS);
    var headers = fields.optional("headers", headers(references));
    var connect = fields.optional("connect_timeout", Forms.duration("10ms", "1m"));
    var response = fields.optional("response_timeout", Forms.duration("10ms", "1h"));
    return () ->
        new Upstream(
            name,
            url.orNull(),
            headers.or(Map.of()),
            connect.or(CONNECT_TIMEOUT),
            response.or(RESPONSE_TIMEOUT));
  }

  private static Form<Map<String, SecretText>> headers(References references) {
    Form<Map<String, SecretText>> form =
        Forms.mapOf(UpstreamForms::headerName, _ -> headerValue(references));
    return (node, mistakes) -> {
      Map<String, SecretText> read = form.read(node, mistakes);
      if (read == null) {
        return null;
      }
      var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      names.addAll(read.keySet());
      if (names.size() < read.size()) {
        mistakes.add(node, "names a header twice; upper and lower case are the same");
        return null;
      }
      return read;
    };
  }

  private static @Nullable String headerName(YamlNode node, Mistakes mistakes) {
    String name =
        Forms.matching("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}", "the name of a header")
            .read(node, mistakes);
    if (name == null) {
      return null;
    }
    // Some servers take _ for -, so keyway_key_id could pass for an identity header.
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    if (REFUSED_HEADERS.contains(plain) || plain.startsWith("keyway-")) {
      mistakes.add(node, "header '" + name + "' is set by the gateway itself");
      return null;
    }
    return name;
  }

  private static Form<SecretText> headerValue(References references) {
    Form<String> text = references.text();
    return (node, mistakes) -> {
      String value = text.read(node, mistakes);
      if (value == null) {
        return null;
      }
      if (value.isEmpty() || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
        mistakes.add(node, "must be printable ASCII without line breaks");
        return null;
      }
      return new SecretText(value);
    };
  }

  private static @Nullable URI address(YamlNode node, Mistakes mistakes) {
    String text = Forms.TEXT.read(node, mistakes);
    if (text == null) {
      return null;
    }
    URI uri = parsed(text);
    boolean web = uri != null && Set.of("http", "https").contains(String.valueOf(uri.getScheme()));
    if (uri == null || !web || uri.getHost() == null) {
      return unquoted(node, mistakes, "must be an address such as http://10.0.0.7:8080");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return unquoted(node, mistakes, "must have no user, query or fragment; use headers instead");
    }
    if (uri.getRawPath().contains("%") || !uri.normalize().equals(uri)) {
      return unquoted(node, mistakes, "must have a plain path, without dots or percent signs");
    }
    return uri;
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** An address may hold a password, so a mistake in it does not repeat it. */
  private static @Nullable URI unquoted(YamlNode node, Mistakes mistakes, String rule) {
    mistakes.add(node, rule);
    return null;
  }
}
