package dev.keyway.app.config;

import dev.keyway.app.log.LogSettings;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.server.http.Networks;
import dev.keyway.store.postgres.PostgresSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program's settings: what {@code keyway.yaml} and the flags say.
 *
 * @param internalNetworks the peers that may ask {@code /metrics}, and those that are answered over
 *     ext_authz
 * @param hosts products with a host name of their own on the gateway, by slug
 * @param upstreams addresses of upstreams, by product and name
 * @param cacheMaxKeys how many keys are kept in memory
 * @param upstreamAuthorities a PEM file with those who sign the certificates of https upstreams;
 *     null for those that Java knows
 * @param flood how many look-ups of unknown keys there may be
 * @param postgres the database; null for a SQLite file in the data folder
 * @param limits how limits are counted where several nodes do
 * @param usageRetention how long the use of keys is kept
 */
public record Config(
    Listener control,
    Listener gateway,
    ExtAuthz extAuthz,
    Networks internalNetworks,
    Map<String, String> hosts,
    Map<String, Map<String, URI>> upstreams,
    Peppers peppers,
    int cacheMaxKeys,
    @Nullable Path upstreamAuthorities,
    FloodBounds flood,
    Drain drain,
    @Nullable PostgresSettings postgres,
    LimitSettings limits,
    Duration usageRetention,
    List<Path> tombstones,
    LogSettings log) {
  static final HostPort CONTROL = new HostPort("127.0.0.1", 7700);
  static final HostPort GATEWAY = new HostPort("127.0.0.1", 7701);
  static final int CACHE_MAX_KEYS = 100_000;
  static final Duration USAGE_RETENTION = Duration.ofDays(90);

  public Config {
    hosts = Map.copyOf(hosts);
    upstreams = Map.copyOf(upstreams);
    tombstones = List.copyOf(tombstones);
  }

  /** What holds where nothing is said: loopback only, no pepper, no address of an upstream. */
  public static Config defaults() {
    return new Config(
        Listener.at(CONTROL),
        Listener.at(GATEWAY),
        ExtAuthz.DEFAULT,
        Networks.LOOPBACK,
        Map.of(),
        Map.of(),
        Peppers.none(),
        CACHE_MAX_KEYS,
        null,
        FloodBounds.DEFAULT,
        Drain.DEFAULT,
        null,
        LimitSettings.DEFAULT,
        USAGE_RETENTION,
        List.of(),
        LogSettings.DEFAULT);
  }

  /** These settings with other ports; null leaves one as it is. */
  public Config withPorts(
      @Nullable Integer controlPort,
      @Nullable Integer gatewayPort,
      @Nullable Integer extAuthzPort) {
    return new Config(
        controlPort == null ? control : control.withPort(controlPort),
        gatewayPort == null ? gateway : gateway.withPort(gatewayPort),
        extAuthzPort == null ? extAuthz : extAuthz.withPort(extAuthzPort),
        internalNetworks,
        hosts,
        upstreams,
        peppers,
        cacheMaxKeys,
        upstreamAuthorities,
        flood,
        drain,
        postgres,
        limits,
        usageRetention,
        tombstones,
        log);
  }

  /** These settings with another database; null for the SQLite file. */
  public Config withPostgres(@Nullable PostgresSettings other) {
    return new Config(
        control,
        gateway,
        extAuthz,
        internalNetworks,
        hosts,
        upstreams,
        peppers,
        cacheMaxKeys,
        upstreamAuthorities,
        flood,
        drain,
        other,
        limits,
        usageRetention,
        tombstones,
        log);
  }

  /** Where Envoy asks; null when nobody answers it. */
  public @Nullable Listener extAuthzListener() {
    return extAuthz.beside(gateway);
  }

  /** The slugs of products by host names of their own. */
  public Map<String, String> productsByHost() {
    Map<String, String> slugs = new HashMap<>();
    hosts.forEach((slug, host) -> slugs.put(host, slug));
    return slugs;
  }

  /** What works and is probably not meant, one line each. */
  public List<String> warnings() {
    var warnings = new ArrayList<String>();
    if (!control.listen().isLoopback() && !gateway.listen().isLoopback()) {
      var gatewayHosts = new ArrayList<>(hosts.values());
      gatewayHosts.add(gateway.publicHost());
      if (gatewayHosts.contains(control.publicHost())) {
        warnings.add(
            "control and gateway share the host name '%s': cookies ignore ports, so upstreams could get the sign-in cookie; give each its own host name"
                .formatted(control.publicHost()));
      }
    }
    if (control.trustedProxies().overlaps(internalNetworks)) {
      warnings.add(
          "control.trusted-proxies and control.internal-networks overlap: /metrics looks at the TCP peer, so whoever comes through such a proxy sees it");
    }
    warnOfPlainHttp(warnings, "control", control);
    warnOfPlainHttp(warnings, "gateway", gateway);
    Listener envoy = extAuthzListener();
    if (envoy != null && !envoy.listen().isLoopback() && envoy.tls() == null) {
      warnings.add(
          "ext-authz on %s speaks plain HTTP: anyone on the way can read the keys"
              .formatted(envoy.listen()));
    }
    warnOfUncheckedDatabase(warnings);
    warnOfRedis(warnings);
    return warnings;
  }

  private void warnOfUncheckedDatabase(List<String> warnings) {
    if (postgres != null && !postgres.isChecked()) {
      warnings.add(StoreForms.UNCHECKED);
    }
  }

  private void warnOfRedis(List<String> warnings) {
    if (limits.redis() == null) {
      return;
    }
    if (postgres == null) {
      warnings.add("redis is not used: a node over SQLite is the only one, and counts by itself");
    } else if (!limits.redis().isGuarded()) {
      warnings.add(
          "redis.url is not rediss: whoever is on the way can read the password and change what limits count");
    }
  }

  private static void warnOfPlainHttp(List<String> warnings, String name, Listener listener) {
    if (!listener.listen().isLoopback() && !listener.isHttps()) {
      warnings.add(
          "%s on %s speaks plain HTTP: anyone on the way can read the keys"
              .formatted(name, listener.listen()));
    }
  }
}
