package dev.keyway.app.config;

import dev.keyway.core.flood.FloodBounds;
import dev.keyway.store.postgres.PostgresSettings;

/**
 * The settings of {@code keyway.yaml}: what {@link ConfigReader} reads and docs/config.md lists.
 */
enum Setting {
  CONTROL_LISTEN(
      "control.listen",
      "host:port",
      Config.CONTROL.toString(),
      "Where the management API, health and metrics listen. Port 0 picks a free one."),
  CONTROL_PUBLIC_URL(
      "control.public-url",
      "URL",
      "the listener's address",
      "How clients reach it: scheme, host and port. Links, redirects and problem types are built from it, never from a request's headers."),
  CONTROL_CERTIFICATE(
      "control.tls.certificate",
      "file",
      "no TLS",
      "PEM file with the certificate and those that signed it. Needs `control.tls.key`. A new pair is taken up within seconds."),
  CONTROL_KEY("control.tls.key", "file", "no TLS", "PEM file with the certificate's private key."),
  CONTROL_INTERNAL_NETWORKS(
      "control.internal-networks",
      "list of networks",
      "127.0.0.0/8, ::1",
      "The peers that may ask `/metrics`, `/authz` and over ext_authz; others get 404 or are cut off. The TCP peer counts, never a header. A network of every address is refused."),
  CONTROL_TRUSTED_PROXIES(
      "control.trusted-proxies",
      "list of networks",
      "none",
      "The peers that say in `X-Forwarded-For` which client a request is from, by address. For all others the TCP peer is the client."),
  CONTROL_MAX_CONNECTIONS(
      "control.max-connections",
      "whole number",
      String.valueOf(Listener.MAX_CONNECTIONS),
      "How many connections clients may have open at once; further ones are cut off."),
  GATEWAY_LISTEN(
      "gateway.listen",
      "host:port",
      Config.GATEWAY.toString(),
      "Where the gateway listens. Port 0 picks a free one."),
  GATEWAY_PUBLIC_URL(
      "gateway.public-url",
      "URL",
      "the listener's address",
      "How clients reach it: scheme, host and port. `endpoint_url` is built from it."),
  GATEWAY_CERTIFICATE(
      "gateway.tls.certificate",
      "file",
      "no TLS",
      "PEM file with the certificate and those that signed it. Needs `gateway.tls.key`. A new pair is taken up within seconds."),
  GATEWAY_KEY("gateway.tls.key", "file", "no TLS", "PEM file with the certificate's private key."),
  GATEWAY_TRUSTED_PROXIES(
      "gateway.trusted-proxies", "list of networks", "none", "As `control.trusted-proxies`."),
  GATEWAY_MAX_CONNECTIONS(
      "gateway.max-connections",
      "whole number",
      String.valueOf(Listener.MAX_CONNECTIONS),
      "As `control.max-connections`."),
  GATEWAY_HOSTS(
      "gateway.hosts",
      "product: host name",
      "none",
      "Products with a host name of their own; on it their paths need no `/PRODUCT` in front."),
  GATEWAY_UPSTREAM_CA(
      "gateway.upstream-ca",
      "file",
      "those that Java knows",
      "PEM file with the certificates of those who sign for https upstreams, in place of the public ones. An upstream's certificate and host name are always checked."),
  EXT_AUTHZ_ENABLED(
      "ext-authz.enabled",
      "true or false",
      "true",
      "Whether Envoy is answered (docs/guides/envoy.md)."),
  EXT_AUTHZ_LISTEN(
      "ext-authz.listen",
      "host:port",
      ExtAuthz.STANDARD + ", or a free port where the gateway is not at its usual one",
      "Where Envoy asks over gRPC. Port 0 picks a free one. Only peers in `control.internal-networks` are answered; others are cut off."),
  EXT_AUTHZ_CERTIFICATE(
      "ext-authz.tls.certificate",
      "file",
      "no TLS",
      "PEM file with the certificate and those that signed it. Needs `ext-authz.tls.key`. A new pair is taken up within seconds. Needed when other machines reach it, unless `insecure-http: true`."),
  EXT_AUTHZ_KEY(
      "ext-authz.tls.key", "file", "no TLS", "PEM file with the certificate's private key."),
  EXT_AUTHZ_MAX_CONNECTIONS(
      "ext-authz.max-connections",
      "whole number",
      String.valueOf(Listener.MAX_CONNECTIONS),
      "As `control.max-connections`."),
  INSECURE_HTTP(
      "insecure-http",
      "true or false",
      "false",
      "Allows a listener that other machines reach without an https public URL. For networks you trust."),
  UPSTREAMS(
      "upstreams",
      "product: {upstream: URL}",
      "as the profiles say",
      "Where the upstreams of the profiles are. A path in the URL is put before the route's."),
  PEPPERS(
      "peppers",
      "version: reference",
      "none",
      "Secrets mixed into the digests of keys and kept outside the database: base64 of 32 bytes or more, from `${env:NAME}` or `${file:PATH}`. The greatest version makes new digests; keep the others for as long as keys made under them live."),
  CACHE_MAX_KEYS(
      "cache.max-keys",
      "whole number",
      String.valueOf(Config.CACHE_MAX_KEYS),
      "How many keys are kept in memory, the most used ones first. Others are read from the store."),
  FLOOD_UNKNOWN_PER_ADDRESS(
      "flood.unknown-per-address",
      "whole number",
      String.valueOf(FloodBounds.DEFAULT.perAddress()),
      "How many unknown keys from one client address (IPv4) or /64 (IPv6) are looked up in the store a second; further ones are answered `cannot_verify`. Keys that verified here within the hour do not count. A backend that calls verify is one address."),
  FLOOD_UNKNOWN_TOTAL(
      "flood.unknown-total",
      "whole number",
      String.valueOf(FloodBounds.DEFAULT.inAll()),
      "The same for all addresses together."),
  DRAIN_DELAY(
      "drain.delay",
      "duration",
      "0s",
      "How long a node that is told to stop goes on taking requests while `/health` is red, so that load balancers look away first."),
  DRAIN_PATIENCE(
      "drain.patience",
      "duration",
      "20s",
      "How long requests and streams under way may then go on before they are cut."),
  STORE_URL(
      "store.url",
      "URL",
      "SQLite, in the data folder",
      "Where PostgreSQL 15 or later is, as `jdbc:postgresql://host:5432/database`; PgBouncer in transaction mode will do. TLS is asked for by `?sslmode=verify-full&sslrootcert=FILE`. User and password do not belong here."),
  STORE_USER(
      "store.user", "text", "none", "The database's user, who may make tables. Needed with a URL."),
  STORE_PASSWORD(
      "store.password",
      "reference",
      "none",
      "The user's password, from `${env:NAME}` or `${file:PATH}`."),
  STORE_CONNECTIONS(
      "store.connections",
      "whole number",
      String.valueOf(PostgresSettings.DEFAULT_CONNECTIONS),
      "How many connections this node opens to PostgreSQL at most: half of them to read, half to write. Eight more keep its lease, hear of changes and tell of them."),
  STORE_LEASE(
      "store.lease",
      "duration",
      "as the database has it, at first 30s",
      "For how long a node goes on deciding from memory without hearing from PostgreSQL, and so for how long a node that is gone can hold a revocation up. It holds for all nodes, from the start of the last one that names it. From 1s to 4m."),
  REDIS_URL(
      "redis.url",
      "URL",
      "limits are counted in PostgreSQL",
      "Where Redis or Valkey is, as `redis://host:6379/0`, or `rediss:` for TLS: it counts the rolling windows of several nodes over PostgreSQL. One server, or one with replicas behind one name; not a Redis Cluster. User and password do not belong here."),
  REDIS_USER("redis.user", "text", "the server's default", "The server's user."),
  REDIS_PASSWORD(
      "redis.password",
      "reference",
      "none",
      "The user's password, from `${env:NAME}` or `${file:PATH}`."),
  REDIS_CA(
      "redis.ca",
      "file",
      "the public ones",
      "PEM file with the certificates of those who sign for a `rediss:` server. Its certificate and host name are always checked."),
  LIMITS_ON_STORE_LOSS(
      "limits.on-store-loss",
      "refuse or share",
      "refuse",
      "What a node does about rolling windows when Redis is lost and what it holds is spent. `refuse`: it answers `cannot_verify` until nothing counts that Redis granted, then it admits its share of each limit. `share`: it admits its share at once, so that for a window more than the limit can be admitted."),
  USAGE_RETENTION(
      "usage.retention",
      "duration",
      Config.USAGE_RETENTION.toDays() + "d",
      "How long the use of keys is kept: requests and refusals over time, and the clients they came from. From 1d to 1095d. The last use of a key is kept for as long as the key."),
  TOMBSTONE_FOLDERS(
      "tombstones.folders",
      "list of folders",
      "none",
      "Further folders for the journal of tombstones, beside `tombstones` in the data folder: what was taken from keys and accounts, so that a restored or failed-over database does not give it back. Best on another disk or machine. Each must be writable, or no revocation is confirmed."),
  LOG_FORMAT(
      "log.format",
      "text or json",
      "text",
      "What a line on standard error looks like: for people, or an object for machines."),
  LOG_LEVEL(
      "log.level",
      "error, warn, info or debug",
      "info",
      "The least grave event of Keyway's own that is logged; of its libraries only warnings are.");

  private final String path;
  private final String form;
  private final String fallback;
  private final String meaning;

  Setting(String path, String form, String fallback, String meaning) {
    this.path = path;
    this.form = form;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** Its place in the file, such as {@code control.listen}. */
  String path() {
    return path;
  }

  String form() {
    return form;
  }

  /** What holds where nothing is said. */
  String fallback() {
    return fallback;
  }

  String meaning() {
    return meaning;
  }
}
