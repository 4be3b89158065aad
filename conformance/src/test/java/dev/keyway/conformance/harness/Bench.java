package dev.keyway.conformance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server of our own in front of an upstream of our own, shared by the tests that look at bytes.
 * Its product {@code echo} takes the key as bearer, {@code many} in every place there is, and
 * {@code scoped} opens the resource in its path.
 */
public final class Bench {

  /** What the profile puts into {@code X-Upstream-Secret}. */
  public static final String UPSTREAM_SECRET = "upstream-secret-of-the-bench";

  private static final String ECHO =
      """
      product: echo
      title: Echo
      portal: {place: [Settings, API keys], create: Create key, revoke: Revoke, resource: null}
      key: {prefix: ech_, show: id, scope: account, name: {required: false, pattern: null}, max_active: null, expiry: {mode: optional}}
      carriers: [bearer]
      self_management: false
      limits: {data: {requests: 100000, per: 1m, by: key}, few: {requests: 5, per: 1m, by: key}}
      routes:
        - {path: /t, upstream: main, kind: http, limit: data}
        - {path: /t/posts-only, methods: [POST], upstream: main, kind: http, limit: data}
        - {path: /few, upstream: main, kind: http, limit: few}
        - {path: /signed, upstream: main, kind: http, limit: data, identity: signed}
        - {path: /mcp, upstream: main, kind: mcp, limit: data}
        - {path: /nowhere, upstream: nowhere, kind: http, limit: data}
        - {path: /dead, upstream: dead, kind: http, limit: data}
      upstreams:
        main: {url: "%1$s", headers: {X-Upstream-Secret: "${env:BENCH_UPSTREAM_SECRET}"}}
        nowhere: {url: null}
        dead: {url: "http://127.0.0.1:1"}
      cors: {origins: ["https://app.example"]}
      """;

  private static final String MANY =
      """
      product: many
      title: Many places
      portal: {place: [Settings, API keys], create: Create key, revoke: Revoke, resource: null}
      key: {prefix: mny_, show: id, scope: account, name: {required: false, pattern: null}, max_active: null, expiry: {mode: optional}}
      carriers: [bearer, basic, x-api-key, "query:apikey"]
      self_management: false
      limits: {data: {requests: 100000, per: 1m, by: key}}
      routes:
        - {path: /t, upstream: main, kind: http, limit: data}
      upstreams: {main: {url: "%1$s"}}
      """;

  private static final String SCOPED =
      """
      product: scoped
      title: Scoped
      portal: {place: [Project], create: Create key, revoke: Delete, resource: project}
      key: {prefix: scp_, show: none, scope: resource, name: {required: false, pattern: null}, max_active: null, expiry: {mode: optional}}
      carriers: [bearer]
      self_management: false
      limits: {data: {requests: 100000, per: 1m, by: key}}
      routes:
        - {path: /projects, upstream: main, kind: http, limit: data, scope_segment: 2}
      upstreams: {main: {url: "%1$s"}}
      """;

  private static @Nullable Bench shared;

  private final WireUpstream upstream;
  private final ServedKeyway keyway;

  private Bench(WireUpstream upstream, ServedKeyway keyway) {
    this.upstream = upstream;
    this.keyway = keyway;
  }

  /** The one that all tests of this JVM use. */
  public static synchronized Bench shared() {
    Bench bench = shared;
    if (bench == null) {
      WireUpstream upstream = WireUpstream.start();
      bench = new Bench(upstream, serve(upstream.address()));
      shared = bench;
    }
    return bench;
  }

  private static ServedKeyway serve(URI upstream) {
    return ServedKeyway.start(
        Map.of(
            "echo.yaml", ECHO.formatted(upstream),
            "many.yaml", MANY.formatted(upstream),
            "scoped.yaml", SCOPED.formatted(upstream)),
        Map.of("BENCH_UPSTREAM_SECRET", UPSTREAM_SECRET));
  }

  public WireUpstream upstream() {
    return upstream;
  }

  public ServedKeyway keyway() {
    return keyway;
  }

  public Door door() {
    return keyway.door();
  }

  /** A new key of a new account of {@code echo} or {@code many}. */
  public NewKey key(String product) {
    Tenants tenants = keyway.tenants();
    return tenants.key(product, tenants.account(product));
  }

  /** A path below the given one that no other test uses. */
  public static String unique(String below) {
    return below + "/" + UUID.randomUUID();
  }

  /** A unique path below {@code /t} whose requests are answered 200 with this JSON. */
  public String answering(JsonNode body) {
    String path = unique("/t");
    upstream.on(path, (_, wire) -> wire.respond(200, "application/json", body.toString()));
    return path;
  }
}
