package dev.keyway.app.config;

import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.Mistakes;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlNode;
import dev.keyway.server.http.Networks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of addresses, networks and certificates. */
final class ListenerForms {
  static final Form<HostPort> HOST_PORT = ListenerForms::hostPort;
  static final Form<URI> PUBLIC_URL = ListenerForms::publicUrl;
  static final Form<Networks> NETWORKS = ListenerForms::networks;

  static final Form<String> HOST_NAME =
      Forms.matching(
          "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?",
          "a host name in lower case, without scheme and port");

  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9.-]+)):([0-9]{1,5})");

  private static final int GREATEST_PORT = 65_535;

  private ListenerForms() {}

  private static @Nullable HostPort hostPort(YamlNode node, Mistakes mistakes) {
    String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > GREATEST_PORT) {
      mistakes.wrong(node, "must be host:port, such as 127.0.0.1:7700 or \"[::1]:7700\"");
      return null;
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new HostPort(String.valueOf(host), Integer.parseInt(matcher.group(3)));
  }

  private static @Nullable URI publicUrl(YamlNode node, Mistakes mistakes) {
    String rule = "https://host or https://host:port (lower case, no path)";
    String text =
        Forms.matching("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?/?", rule)
            .read(node, mistakes);
    if (text == null) {
      return null;
    }
    URI uri = URI.create(text.replaceFirst("/\\z", ""));
    if (uri.getHost() == null || uri.getPort() > GREATEST_PORT) {
      mistakes.wrong(node, "must be " + rule);
      return null;
    }
    return uri;
  }

  private static @Nullable Networks networks(YamlNode node, Mistakes mistakes) {
    List<String> read = Forms.<String>listOf(ListenerForms::network).read(node, mistakes);
    return read == null ? null : new Networks(read);
  }

  private static @Nullable String network(YamlNode node, Mistakes mistakes) {
    String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    if (!Networks.isNetwork(text)) {
      mistakes.wrong(node, "must be a network such as 10.0.0.0/8 or an address such as 10.0.0.7");
      return null;
    }
    if (new Networks(List.of(text)).isEverything()) {
      mistakes.add(node, "'" + text + "' is every machine there is, and no internal network");
      return null;
    }
    return text;
  }

  static Form<Tls> tls(References references) {
    return Forms.section(fields -> tls(fields, references));
  }

  private static Supplier<Tls> tls(Fields fields, References references) {
    var certificate = fields.required("certificate", file(references));
    var key = fields.required("key", file(references));
    return () -> new Tls(certificate.get(), key.get());
  }

  /** A file with certificates of those who sign others. */
  static Form<Path> authorities(References references) {
    Form<Path> file = file(references);
    return (node, mistakes) -> {
      Path read = file.read(node, mistakes);
      if (read != null && !holdsCertificates(read)) {
        mistakes.wrong(node, "must be a PEM file of certificates");
        return null;
      }
      return read;
    };
  }

  private static boolean holdsCertificates(Path file) {
    try (var in = Files.newInputStream(file)) {
      return !CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty();
    } catch (IOException | CertificateException e) {
      return false;
    }
  }

  private static Form<Path> file(References references) {
    return (node, mistakes) -> {
      String name = Forms.TEXT.read(node, mistakes);
      if (name == null) {
        return null;
      }
      try {
        Path file = references.path(name);
        if (Files.isReadable(file) && !Files.isDirectory(file)) {
          return file;
        }
      } catch (InvalidPathException e) {
        // No file has such a name, so it cannot be read either.
      }
      mistakes.wrong(node, "must be a file that can be read");
      return null;
    };
  }
}
