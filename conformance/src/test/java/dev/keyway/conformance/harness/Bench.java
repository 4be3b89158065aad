package dev.keyway.conformance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Stands in the profiles where the upstream's address comes. */
  private static final String PLACEHOLDER = "http://upstream.invalid";

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
    Map<String, String> profiles = new TreeMap<>();
    for (String name : List.of("echo.yaml", "many.yaml", "scoped.yaml")) {
      profiles.put(name, Resource.text("bench/" + name).replace(PLACEHOLDER, upstream.toString()));
    }
    return ServedKeyway.start(profiles, Map.of("BENCH_UPSTREAM_SECRET", UPSTREAM_SECRET));
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
