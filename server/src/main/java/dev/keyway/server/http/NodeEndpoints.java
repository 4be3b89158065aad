package dev.keyway.server.http;

import dev.keyway.server.http.Endpoint.Access;
import dev.keyway.server.http.Endpoint.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What a node says of itself: health, metrics, its papers and its signing keys. */
public final class NodeEndpoints {
  private NodeEndpoints() {}

  /**
   * The rows of the route table.
   *
   * @param jwks the public halves of the living nodes' signing keys, as a JWK set (RFC 7517)
   */
  public static List<Endpoint> of(Health health, ControlMetrics metrics, Supplier<String> jwks) {
    var documents = new Documents();
    return List.of(
        get("/health", "getHealth", Access.PUBLIC, Set.of(200, 503), _ -> health.report()),
        get("/health/live", "getLiveness", Access.PUBLIC, Set.of(200), _ -> Health.alive()),
        get("/metrics", "getMetrics", Access.INTERNAL, Set.of(200), _ -> metrics.scrape()),
        get("/openapi.json", "getOpenApi", Access.PUBLIC, Set.of(200), _ -> documents.openApi()),
        get("/problems/{code}", "getProblem", Access.PUBLIC, Set.of(200), Documents::problem),
        get("/.well-known/jwks.json", "getJwks", Access.PUBLIC, Set.of(200), _ -> jwks(jwks)));
  }

  private static Endpoint get(
      String path, String operationId, Access access, Set<Integer> statuses, Handler handler) {
    return Endpoint.of(Method.GET, path, operationId, access, statuses, handler);
  }

  private static Response jwks(Supplier<String> jwks) {
    return Response.json(200, jwks.get().getBytes(StandardCharsets.UTF_8));
  }
}
