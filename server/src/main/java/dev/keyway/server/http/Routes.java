package dev.keyway.server.http;

import dev.keyway.server.http.Endpoint.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one route table of the control listener: routing, 405 and the check of the OpenAPI document
 * all read it.
 *
 * <p>Paths are compared as sent. Nothing is decoded or normalised before, so that no second
 * spelling of a path reaches an operation.
 */
public final class Routes {
  private final List<Endpoint> endpoints;
  private final Pages pages;

  /** A table beside which there are no pages. */
  public Routes(List<Endpoint> endpoints) {
    this(endpoints, Pages.NONE);
  }

  /**
   * The table.
   *
   * @param pages what is served at paths that no row has
   * @throws IllegalArgumentException when two rows answer the same method and path, or share an
   *     operation id
   */
  public Routes(List<Endpoint> endpoints, Pages pages) {
    this.endpoints = List.copyOf(endpoints);
    this.pages = pages;
    var seen = new TreeSet<String>();
    for (Endpoint endpoint : endpoints) {
      String call = endpoint.method() + " " + endpoint.path().replaceAll("\\{[^}]*}", "{}");
      if (!seen.add(call) || !seen.add(endpoint.operationId())) {
        throw new IllegalArgumentException("the route table names " + call + " twice");
      }
    }
  }

  /** Every row, in the table's order. */
  public List<Endpoint> all() {
    return endpoints;
  }

  /** What answers a method and a path, for a client that sent these {@code Accept} fields. */
  Match find(String methodName, String path, List<String> accept) {
    Method method = Method.of(methodName);
    Set<String> allowed = new TreeSet<>();
    Endpoint.Access access = Endpoint.Access.PUBLIC;
    for (Match.Found candidate : mostLiteral(path)) {
      Endpoint endpoint = candidate.endpoint();
      if (endpoint.method() == method) {
        return candidate;
      }
      allowed.add(endpoint.method().name());
      access = endpoint.access();
    }
    if (!allowed.isEmpty()) {
      return new Match.WrongMethod(allowed, access);
    }
    return method == Method.GET && pages.have().test(path, accept)
        ? new Match.Found(pages.endpoint(), Map.of())
        : new Match.NoPath();
  }

  /** {@code /v1/keys/verify} is that operation by any method, and not a key of that id. */
  private List<Match.Found> mostLiteral(String path) {
    List<String> segments = List.of(path.substring(1).split("/", -1));
    List<Match.Found> best = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Map<String, String> parameters = match(endpoint.segments(), segments);
      if (parameters != null) {
        int fewest = best.isEmpty() ? parameters.size() : best.getFirst().parameters().size();
        if (parameters.size() < fewest) {
          best.clear();
        }
        if (parameters.size() <= fewest) {
          best.add(new Match.Found(endpoint, parameters));
        }
      }
    }
    return best;
  }

  private static @Nullable Map<String, String> match(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < template.size(); i++) {
      String expected = template.get(i);
      String actual = path.get(i);
      if (expected.startsWith("{")) {
        if (actual.isEmpty()) {
          return null;
        }
        parameters.put(expected.substring(1, expected.length() - 1), actual);
      } else if (!expected.equals(actual)) {
        return null;
      }
    }
    return parameters;
  }

  /** The outcome of a look-up. */
  sealed interface Match {
    /** This endpoint is to answer. */
    record Found(Endpoint endpoint, Map<String, String> parameters) implements Match {}

    /**
     * The path is known, with these methods only.
     *
     * @param access who may know so
     */
    record WrongMethod(Set<String> allowed, Endpoint.Access access) implements Match {}

    /** There is no such path. */
    record NoPath() implements Match {}
  }
}
