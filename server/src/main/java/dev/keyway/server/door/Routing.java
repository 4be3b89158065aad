package dev.keyway.server.door;

import dev.keyway.server.door.Doors.Entrance;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request, or says why there is none: the same through every door, and before
 * anything is known of a key.
 */
public final class Routing {
  private final Refusals refusals;

  public Routing(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * Where a request leads.
   *
   * @param entrance its product and the path within it; null when it names no product
   */
  public Outcome find(
      RequestTarget target, @Nullable Entrance entrance, String method, HeaderValues headers) {
    if (target.isDiscovery()) {
      return new Refused(refusals.discovery, null);
    }
    if (!target.isUnambiguous()) {
      return new Refused(refusals.ambiguousTarget, null);
    }
    if (entrance == null) {
      return new Refused(refusals.notFound, null);
    }
    return find(entrance, target.query(), method, headers);
  }

  private Outcome find(
      Entrance entrance, @Nullable String query, String method, HeaderValues headers) {
    if (holdsKeyTwice(entrance, query)) {
      return new Refused(refusals.keyInPath, null);
    }
    RouteTable.Entry entry = entrance.door().routes().find(entrance.path());
    if (entrance.door().cors().answers(method, headers)) {
      return new Preflight(entry == null ? "" : entry.methods());
    }
    if (entry == null) {
      return new Refused(refusals.notFound, null);
    }
    DoorRoute route = isForwardable(method) ? entry.forMethod(method) : null;
    if (route == null) {
      return new Refused(refusals.methodNotAllowed, entry.methods());
    }
    Integer number = route.route().scopeSegment();
    String scope = number == null ? null : RequestTarget.segment(entrance.path(), number);
    if (number != null && scope == null) {
      return new Refused(refusals.notFound, null);
    }
    return new Routed(entrance, route, query, scope);
  }

  /**
   * Whether a key stands in the query and one in the path, too: a proxy that takes it out of the
   * one may take it out of the other, and forward another path than the one that is checked here.
   */
  private static boolean holdsKeyTwice(Entrance entrance, @Nullable String query) {
    CredentialReader reader = entrance.door().reader();
    return query != null
        && reader.isInPath(entrance.path())
        && !query.equals(reader.withoutKeys(query));
  }

  /**
   * TRACE would show the client the headers that are meant for the upstream alone, and CONNECT asks
   * for a tunnel to wherever the client likes.
   */
  private static boolean isForwardable(String method) {
    return !method.equals("TRACE") && !method.equals("CONNECT");
  }

  /** Where a request leads. */
  public sealed interface Outcome {}

  /**
   * Nowhere.
   *
   * @param allow the methods that would be let through; null where that is not the matter
   */
  public record Refused(Refusal refusal, @Nullable String allow) implements Outcome {}

  /**
   * To an answer that browsers ask for beforehand, and that needs no key.
   *
   * @param methods those of the route; empty for all
   */
  public record Preflight(String methods) implements Outcome {
    /** What a browser is answered. */
    public static final int STATUS = 204;
  }

  /**
   * To a route, if the key allows it.
   *
   * @param query what follows the question mark, as it came; null for none
   * @param scope the id that the key's scope must have; null when the route names none
   */
  public record Routed(
      Entrance entrance, DoorRoute route, @Nullable String query, @Nullable String scope)
      implements Outcome {}
}
