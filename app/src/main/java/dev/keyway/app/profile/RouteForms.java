package dev.keyway.app.profile;

import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.Mistakes;
import dev.keyway.app.yaml.YamlNode;
import dev.keyway.core.Nearest;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Route;
import dev.keyway.core.product.Route.Identity;
import dev.keyway.core.product.Route.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The forms of what a profile says about the paths that the gateway forwards. */
final class RouteForms {
  private static final int MAX_SEGMENT = 16;

  /** All that HTTP upstreams use; CONNECT and TRACE are no business of a gateway. */
  private static final Form<String> METHOD =
      Forms.oneOf(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));

  private final Set<String> upstreams;
  private final Map<String, RateLimit> limits;
  private final Set<String> limitNames;

  private RouteForms(Set<String> upstreams, Map<String, RateLimit> limits, Set<String> limitNames) {
    this.upstreams = upstreams;
    this.limits = limits;
    this.limitNames = limitNames;
  }

  /**
   * Routes that may name these upstreams and limits.
   *
   * @param limits those without a mistake
   * @param limitNames the names of all
   */
  static Form<List<Route>> routes(
      Set<String> upstreams, Map<String, RateLimit> limits, Set<String> limitNames) {
    var forms = new RouteForms(upstreams, limits, limitNames);
    Form<List<Route>> list = Forms.listOf(Forms.section(forms::route));
    return (node, mistakes) -> {
      List<Route> routes = list.read(node, mistakes);
      if (routes != null && node instanceof YamlNode.Sequence sequence) {
        findTwins(routes, sequence, mistakes);
      }
      return routes;
    };
  }

  /** One path may have several routes, as long as each method has one. */
  private static void findTwins(List<Route> routes, YamlNode.Sequence nodes, Mistakes mistakes) {
    for (int later = 1; later < routes.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (overlap(routes.get(earlier), routes.get(later))) {
          mistakes.add(
              nodes.items().get(later),
              "the route in line %d takes the same requests"
                  .formatted(nodes.items().get(earlier).line()));
        }
      }
    }
  }

  private static boolean overlap(Route one, Route other) {
    boolean anyMethod = one.methods().isEmpty() || other.methods().isEmpty();
    return one.path().equals(other.path())
        && (anyMethod || !Collections.disjoint(one.methods(), other.methods()));
  }

  private Supplier<Route> route(Fields fields) {
    var path = fields.required("path", RouteForms::path);
    var methods = fields.optional("methods", Forms.filledListOf(METHOD));
    var upstream = fields.required("upstream", known("upstream", upstreams));
    var kind = fields.optional("kind", Forms.oneOf(Kind.class));
    var named = fields.optional("limit", LimitForms.names(limitNames));
    var cost = fields.optional("cost", Forms.number(1, RateLimit.MAX_COST));
    for (String name : named.or(List.of())) {
      RateLimit limit = limits.get(name);
      if (limit != null && cost.or(1) > limit.requests().least()) {
        fields.mistake("cost", "is more than limit '%s' ever allows".formatted(name));
      }
    }
    if (cost.orNull() != null && named.or(List.of()).isEmpty()) {
      fields.mistake("cost", "counts against a limit, and the route names none");
    }
    var segment = fields.optional("scope_segment", Forms.number(1, MAX_SEGMENT));
    var identity = fields.optional("identity", Forms.oneOf(Identity.class));
    return () ->
        new Route(
            path.get(),
            Set.copyOf(methods.or(List.of())),
            upstream.get(),
            kind.or(Kind.HTTP),
            named.or(List.of()),
            cost.or(1),
            segment.orNull(),
            identity.or(Identity.HEADERS));
  }

  static Form<String> known(String what, Set<String> names) {
    return (node, mistakes) -> {
      String name = Forms.TEXT.read(node, mistakes);
      if (name == null || names.contains(name)) {
        return name;
      }
      mistakes.add(
          node,
          "unknown %s '%s'%s"
              .formatted(
                  what,
                  name,
                  names.isEmpty()
                      ? "; the profile has no " + what + "s"
                      : Nearest.hint(name, names)));
      return null;
    };
  }

  /** Paths that can be understood in one way only: what the gateway compares is what is written. */
  private static @Nullable String path(YamlNode node, Mistakes mistakes) {
    String path = Forms.TEXT.read(node, mistakes);
    if (path == null) {
      return null;
    }
    if (!path.startsWith("/")) {
      mistakes.wrong(node, "must begin with /");
      return null;
    }
    if (path.contains("%")) {
      mistakes.wrong(node, "must be written without percent signs");
      return null;
    }
    if ((path.length() > 1 && path.endsWith("/")) || path.contains("//")) {
      mistakes.wrong(node, "must have no empty segment; it covers what follows after a slash");
      return null;
    }
    if (List.of(path.split("/")).stream().anyMatch(part -> part.equals(".") || part.equals(".."))) {
      mistakes.wrong(node, "must have no segment . or ..");
      return null;
    }
    if (!path.matches("[A-Za-z0-9/._~@:+=,!$&'()*-]*")) {
      mistakes.wrong(node, "must be letters, digits and - . _ ~ between slashes");
      return null;
    }
    return path;
  }
}
