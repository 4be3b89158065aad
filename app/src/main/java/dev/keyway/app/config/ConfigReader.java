package dev.keyway.app.config;

import dev.keyway.app.config.LimitSettings.OnStoreLoss;
import dev.keyway.app.log.LogSettings;
import dev.keyway.app.profile.UpstreamForms;
import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.core.Nearest;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.server.http.Networks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code keyway.yaml}, checked against the profiles that it speaks of. */
public final class ConfigReader {
  private static final int MOST_CACHED_KEYS = 10_000_000;
  private static final String LONGEST_DRAIN = "1h";
  private static final String LONGEST_RETENTION = "1095d";
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int MOST_LOOKUPS = 1_000_000;

  private final References references;
  private final Products products;

  /**
   * A reader of settings.
   *
   * @param references how secrets and file names are found
   * @param products those whose upstreams and host names the settings may give
   */
  public ConfigReader(References references, Products products) {
    this.references = references;
    this.products = products;
  }

  /**
   * Reads settings.
   *
   * @param file the name that messages give
   * @throws MistakesException naming every mistake with its line
   */
  public Config read(String file, String text) {
    return YamlFile.read(file, text, Forms.section(this::config));
  }

  private Supplier<Config> config(Fields fields) {
    Config standard = Config.defaults();
    var control = fields.optional("control", Forms.section(this::control));
    var gateway = fields.optional("gateway", Forms.section(this::gateway));
    var extAuthz = fields.optional("ext-authz", Forms.section(this::extAuthz));
    var insecure = fields.optional("insecure-http", Forms.BOOLEAN);
    var upstreams = fields.optional("upstreams", upstreams());
    var peppers = fields.optional("peppers", PepperForms.peppers(references));
    var flood = fields.optional("flood", Forms.section(ConfigReader::flood));
    var cache = fields.optional("cache", Forms.section(ConfigReader::cache));
    var drain = fields.optional("drain", Forms.section(ConfigReader::drain));
    var store = fields.optional(StoreForms.SECTION, StoreForms.postgres(references));
    var redis = fields.optional("redis", RedisForms.redis(references));
    var onStoreLoss = fields.optional("limits", Forms.section(ConfigReader::onStoreLoss));
    var usage = fields.optional("usage", Forms.section(ConfigReader::usageRetention));
    var tombstones = fields.optional("tombstones", Forms.section(this::tombstones));
    var log = fields.optional("log", Forms.section(ConfigReader::log));
    var controlled = control.or(new Control(standard.control(), standard.internalNetworks()));
    var guarded = gateway.or(new Gateway(standard.gateway(), Map.of(), null));
    refuseTlsBehindHttp(fields, "control", controlled.listener());
    refuseTlsBehindHttp(fields, "gateway", guarded.listener());
    ExtAuthz asked = extAuthz.or(ExtAuthz.DEFAULT);
    if (!insecure.or(false)) {
      requireHttps(fields, "control", controlled.listener());
      requireHttps(fields, "gateway", guarded.listener());
      requireTls(fields, asked);
    }
    return () ->
        new Config(
            controlled.listener(),
            guarded.listener(),
            asked,
            controlled.internalNetworks(),
            guarded.hosts(),
            upstreams.or(Map.of()),
            peppers.or(Peppers.none()),
            cache.or(Config.CACHE_MAX_KEYS),
            guarded.upstreamAuthorities(),
            flood.or(FloodBounds.DEFAULT),
            drain.or(Drain.DEFAULT),
            store.orNull(),
            new LimitSettings(redis.orNull(), onStoreLoss.or(OnStoreLoss.REFUSE)),
            usage.or(Config.USAGE_RETENTION),
            tombstones.or(List.of()),
            log.or(LogSettings.DEFAULT));
  }

  private record Control(Listener listener, Networks internalNetworks) {}

  private record Gateway(
      Listener listener, Map<String, String> hosts, @Nullable Path upstreamAuthorities) {}

  private Supplier<List<Path>> tombstones(Fields fields) {
    var folders = fields.required("folders", Forms.listOf(references.text()));
    return () -> folders.get().stream().map(references::path).toList();
  }

  private static void requireHttps(Fields fields, String name, Listener listener) {
    if (!listener.listen().isLoopback() && !listener.isHttps()) {
      fields.mistake(
          name,
          "other machines reach %s, so %s.public-url must be https (or insecure-http: true, in a network you trust)"
              .formatted(listener.listen(), name));
    }
  }

  private static void requireTls(Fields fields, ExtAuthz asked) {
    Listener listener = asked.isEnabled() ? asked.written() : null;
    if (listener != null && !listener.listen().isLoopback() && listener.tls() == null) {
      fields.mistake(
          "ext-authz",
          "other machines reach %s, so ext-authz needs tls (or insecure-http: true, in a network you trust)"
              .formatted(listener.listen()));
    }
  }

  private static void refuseTlsBehindHttp(Fields fields, String name, Listener listener) {
    if (listener.tls() != null && listener.publicUrl() != null && !listener.isHttps()) {
      fields.mistake(name, name + ".public-url must be https, for the listener speaks TLS");
    }
  }

  private Supplier<Control> control(Fields fields) {
    Supplier<Listener> listener = listener(fields, Config.CONTROL);
    var networks = fields.optional("internal-networks", ListenerForms.NETWORKS);
    return () -> new Control(listener.get(), networks.or(Networks.LOOPBACK));
  }

  private Supplier<Gateway> gateway(Fields fields) {
    Supplier<Listener> listener = listener(fields, Config.GATEWAY);
    var hosts = fields.optional("hosts", hosts());
    var authorities = fields.optional("upstream-ca", ListenerForms.authorities(references));
    return () -> new Gateway(listener.get(), hosts.or(Map.of()), authorities.orNull());
  }

  private Supplier<ExtAuthz> extAuthz(Fields fields) {
    var enabled = fields.optional("enabled", Forms.BOOLEAN);
    var listen = fields.optional("listen", ListenerForms.HOST_PORT);
    var tls = fields.optional("tls", ListenerForms.tls(references));
    var connections = fields.optional("max-connections", Forms.number(1, MOST_CONNECTIONS));
    return () -> {
      boolean isBare =
          listen.orNull() == null && tls.orNull() == null && connections.orNull() == null;
      Listener written =
          new Listener(
              listen.or(ExtAuthz.STANDARD),
              null,
              tls.orNull(),
              Networks.NONE,
              connections.or(Listener.MAX_CONNECTIONS));
      return new ExtAuthz(enabled.or(true), isBare ? null : written);
    };
  }

  private Supplier<Listener> listener(Fields fields, HostPort standard) {
    var listen = fields.optional("listen", ListenerForms.HOST_PORT);
    var publicUrl = fields.optional("public-url", ListenerForms.PUBLIC_URL);
    var tls = fields.optional("tls", ListenerForms.tls(references));
    var proxies = fields.optional("trusted-proxies", ListenerForms.NETWORKS);
    var connections = fields.optional("max-connections", Forms.number(1, MOST_CONNECTIONS));
    return () ->
        new Listener(
            listen.or(standard),
            publicUrl.orNull(),
            tls.orNull(),
            proxies.or(Networks.NONE),
            connections.or(Listener.MAX_CONNECTIONS));
  }

  private Form<Map<String, String>> hosts() {
    Form<Map<String, String>> hosts = Forms.mapOf(product(), _ -> ListenerForms.HOST_NAME);
    return (node, mistakes) -> {
      Map<String, String> read = hosts.read(node, mistakes);
      if (read != null && Set.copyOf(read.values()).size() < read.size()) {
        mistakes.add(node, "two products cannot have the same host name");
        return null;
      }
      return read;
    };
  }

  private Form<Map<String, Map<String, URI>>> upstreams() {
    return Forms.mapOf(product(), slug -> Forms.mapOf(upstream(slug), _ -> UpstreamForms.ADDRESS));
  }

  private Form<String> product() {
    var slugs = new TreeSet<String>();
    products.all().forEach(product -> slugs.add(product.slug()));
    return known("product", slugs);
  }

  private Form<String> upstream(String slug) {
    Set<String> names = products.find(slug).map(Product::upstreams).orElse(Map.of()).keySet();
    return known("upstream", new TreeSet<>(names));
  }

  private static Form<String> known(String what, Set<String> names) {
    return (node, mistakes) -> {
      String name = Forms.TEXT.read(node, mistakes);
      if (name != null && !names.contains(name)) {
        mistakes.add(node, "unknown %s '%s'%s".formatted(what, name, Nearest.hint(name, names)));
        return null;
      }
      return name;
    };
  }

  private static Supplier<OnStoreLoss> onStoreLoss(Fields fields) {
    var word = fields.optional("on-store-loss", Forms.oneOf(OnStoreLoss.class));
    return () -> word.or(OnStoreLoss.REFUSE);
  }

  private static Supplier<Integer> cache(Fields fields) {
    var keys = fields.optional("max-keys", Forms.number(1, MOST_CACHED_KEYS));
    return () -> keys.or(Config.CACHE_MAX_KEYS);
  }

  private static Supplier<Drain> drain(Fields fields) {
    var delay = fields.optional("delay", Forms.duration("0s", LONGEST_DRAIN));
    var patience = fields.optional("patience", Forms.duration("1s", LONGEST_DRAIN));
    return () -> new Drain(delay.or(Drain.DEFAULT.delay()), patience.or(Drain.DEFAULT.patience()));
  }

  private static Supplier<Duration> usageRetention(Fields fields) {
    var retention = fields.optional("retention", Forms.duration("1d", LONGEST_RETENTION));
    return () -> retention.or(Config.USAGE_RETENTION);
  }

  private static Supplier<LogSettings> log(Fields fields) {
    var format = fields.optional("format", Forms.oneOf(LogSettings.Format.class));
    var level = fields.optional("level", Forms.oneOf(LogSettings.Level.class));
    return () ->
        new LogSettings(
            format.or(LogSettings.DEFAULT.format()), level.or(LogSettings.DEFAULT.level()));
  }

  private static Supplier<FloodBounds> flood(Fields fields) {
    var perAddress = fields.optional("unknown-per-address", Forms.number(1, MOST_LOOKUPS));
    var inAll = fields.optional("unknown-total", Forms.number(1, MOST_LOOKUPS));
    return () ->
        new FloodBounds(
            perAddress.or(FloodBounds.DEFAULT.perAddress()), inAll.or(FloodBounds.DEFAULT.inAll()));
  }
}
