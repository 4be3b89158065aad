package dev.keyway.app.profile;

import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.Mistakes;
import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.Value;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.app.yaml.YamlNode;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.limit.LimitHeaders;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Counting;
import dev.keyway.core.product.Plan;
import dev.keyway.core.product.PortalText;
import dev.keyway.core.product.PortalText.Ended;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one profile into the product it describes, checked. */
public final class ProfileReader {
  static final Form<String> SLUG =
      Forms.matching("[a-z][a-z0-9-]{0,30}", "1 to 31 of a-z, 0-9 and -, beginning with a letter");

  static final Form<String> LIMIT_OR_PLAN =
      Forms.matching("[a-z][a-z0-9_-]{0,30}", "a name of a-z, 0-9, - and _");

  private final References references;

  /** A reader that finds secrets as {@code references} says. */
  public ProfileReader(References references) {
    this.references = references;
  }

  /**
   * Reads a profile.
   *
   * @param file the name that messages give
   * @throws MistakesException naming every mistake with its line
   */
  public Product read(String file, String text) {
    return YamlFile.read(file, text, Forms.section(this::product));
  }

  private Supplier<Product> product(Fields fields) {
    var slug = fields.required("product", SLUG);
    var title = fields.required("title", Forms.TEXT);
    var portal = fields.required("portal", Forms.section(ProfileReader::portal));
    var key = fields.required("key", KeyForms.KEY);
    var carriers = fields.required("carriers", KeyForms.CARRIERS);
    var selfManagement = fields.optional("self_management", Forms.BOOLEAN);
    var plans = fields.optional("plans", Forms.mapOf(LIMIT_OR_PLAN, ProfileReader::plan));
    var policy = key.orNull();
    var limitForms =
        new LimitForms(
            plans.or(Map.of()), fields.namesIn("plans"), policy == null ? null : policy.scope());
    var limits = fields.optional("limits", limitForms.limits());
    var limitHeaders = fields.optional("limit_headers", Forms.oneOf(LimitForms.HEADERS));
    var counts =
        fields.optional("counts", LimitForms.counts(limits.or(Map.of()), fields.namesIn("limits")));
    var upstreams = fields.optional("upstreams", UpstreamForms.upstreams(references));
    var routes =
        fields.optional(
            "routes",
            RouteForms.routes(
                fields.namesIn("upstreams"), limits.or(Map.of()), fields.namesIn("limits")));
    requireCounted(fields, limits, counts, routes);
    var cors = fields.optional("cors", Forms.section(ProfileReader::cors));
    if (policy != null && policy.scope() == ScopeKind.ACCOUNT && !plans.or(Map.of()).isEmpty()) {
      fields.mistake("plans", "belong to workspaces; key.scope must be workspace or resource");
    }
    return () -> {
      var all = new Limits(limits.or(Map.of()).values(), limitHeaders.or(LimitHeaders.STANDARD));
      return new Product(
          slug.get(),
          title.get(),
          portal.get(),
          key.get(),
          carriers.get(),
          selfManagement.or(false),
          plans.or(Map.of()),
          all,
          counts.or(Counting.usual(all)),
          routes.or(List.of()),
          upstreams.or(Map.of()),
          cors.or(Set.of()));
    };
  }

  /** Where another part is mistaken it is not known what it counts. */
  private static void requireCounted(
      Fields fields,
      Value<Map<String, RateLimit>> limits,
      Value<Counting> counts,
      Value<List<Route>> routes) {
    if (fields.isMistaken("limits", limits)
        || fields.isMistaken("counts", counts)
        || fields.isMistaken("routes", routes)) {
      return;
    }
    Counting counting = counts.or(Counting.usual(Limits.of(limits.or(Map.of()).values())));
    var counted = new LinkedHashSet<String>();
    routes.or(List.of()).forEach(route -> counted.addAll(route.limits()));
    counted.addAll(counting.verify());
    counted.addAll(counting.management());
    LimitForms.requireCounted(fields, counted);
  }

  private static Supplier<PortalText> portal(Fields fields) {
    var place = fields.required("place", Forms.filledListOf(Forms.TEXT));
    var create = fields.required("create", Forms.TEXT);
    var revoke = fields.required("revoke", Forms.TEXT);
    var resource = fields.optional("resource", Forms.TEXT);
    var ended = fields.optional("ended", Forms.oneOf(Ended.class));
    return () ->
        new PortalText(
            place.get(), create.get(), revoke.get(), resource.orNull(), ended.or(Ended.LISTED));
  }

  private static Form<Plan> plan(String name) {
    return Forms.section(fields -> {
      var api = fields.required("api", Forms.BOOLEAN);
      return () -> new Plan(name, api.get());
    });
  }

  private static Supplier<Set<String>> cors(Fields fields) {
    Form<String> origin = ProfileReader::origin;
    var origins = fields.required("origins", Forms.listOf(origin));
    return () -> Set.copyOf(origins.get());
  }

  private static @Nullable String origin(YamlNode node, Mistakes mistakes) {
    String text = Forms.TEXT.read(node, mistakes);
    if (text == null) {
      return null;
    }
    if (text.contains("*")) {
      mistakes.add(node, "'*' would let any page use a key it got hold of; list exact origins");
      return null;
    }
    if (!text.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:[0-9]{1,5})?")) {
      mistakes.wrong(
          node,
          "must be an origin as browsers send it, such as https://app.example (lower case, no path)");
      return null;
    }
    return text;
  }
}
