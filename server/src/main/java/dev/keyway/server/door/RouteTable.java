package dev.keyway.server.door;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one product. The longest path that covers a request wins, whatever its methods; a
 * path covers itself and what follows it after a slash. Paths are compared as they came, which is
 * sound because {@link RequestTarget#isUnambiguous} has let pass none with a second reading.
 */
public final class RouteTable {
  private final List<Entry> longestFirst = new ArrayList<>();

  public RouteTable(List<DoorRoute> routes) {
    Map<String, List<DoorRoute>> byPath = new LinkedHashMap<>();
    for (DoorRoute route : routes) {
      byPath.computeIfAbsent(route.path(), _ -> new ArrayList<>()).add(route);
    }
    byPath.forEach((path, group) -> longestFirst.add(new Entry(path, group, methodsOf(group))));
    longestFirst.sort(Comparator.comparingInt((Entry entry) -> entry.path.length()).reversed());
  }

  /**
   * The routes at the longest path that covers this one; null when there is none. None is better
   * than a shorter one where an upstream may take the path for one that a longer route guards.
   */
  public @Nullable Entry find(String path) {
    for (Entry entry : longestFirst) {
      if (entry.covers(path)) {
        return entry;
      }
      if (LookAlike.of(path, entry.path)) {
        return null;
      }
    }
    return null;
  }

  private static String methodsOf(List<DoorRoute> group) {
    var methods = new TreeSet<String>();
    for (DoorRoute route : group) {
      if (route.route().methods().isEmpty()) {
        return "";
      }
      methods.addAll(route.route().methods());
    }
    return String.join(", ", methods);
  }

  /**
   * The routes at one path.
   *
   * @param methods those let through, as {@code Allow} lists them; empty for all
   */
  public record Entry(String path, List<DoorRoute> routes, String methods) {

    /** The route for a method; null when the method is not let through. */
    @Nullable DoorRoute forMethod(String method) {
      for (DoorRoute route : routes) {
        if (route.allows(method)) {
          return route;
        }
      }
      return null;
    }

    boolean covers(String requested) {
      return requested.startsWith(path)
          && (requested.length() == path.length()
              || path.endsWith("/")
              || requested.charAt(path.length()) == '/');
    }
  }
}
