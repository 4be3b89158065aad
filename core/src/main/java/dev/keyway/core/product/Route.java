package dev.keyway.core.product;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path of a product that the gateway forwards.
 *
 * @param path begins with a slash; it covers itself and what follows it after a slash
 * @param methods the methods let through; empty for all
 * @param upstream the name of the upstream
 * @param limits the names of the limits that each request counts against, together
 * @param cost how many requests each counts as
 * @param scopeSegment which segment of the path, from 1, names the scope a key has to have
 */
public record Route(
    String path,
    Set<String> methods,
    String upstream,
    Kind kind,
    List<String> limits,
    int cost,
    @Nullable Integer scopeSegment,
    Identity identity) {

  public Route {
    methods = Set.copyOf(methods);
    limits = List.copyOf(limits);
  }

  /** What is spoken on the route. */
  public enum Kind {
    HTTP,
    /** The Model Context Protocol: session ids are bound to keys. */
    MCP
  }

  /** How the upstream learns who calls. */
  public enum Identity {
    /** The {@code Keyway-*} headers. */
    HEADERS,
    /** Those, and a JWT in {@code Keyway-Identity}. */
    SIGNED
  }
}
