package dev.keyway.app.profile;

import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.Mistakes;
import dev.keyway.app.yaml.YamlNode;
import dev.keyway.core.Nearest;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.limit.Allowance;
import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.LimitHeaders;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.Period.Calendar;
import dev.keyway.core.limit.Period.Rolling;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Counting;
import dev.keyway.core.product.Plan;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The forms of what a profile says about limits, and about what counts against them. */
final class LimitForms {
  /** In which headers answers tell of limits. */
  static final SequencedMap<String, LimitHeaders> HEADERS = headers();

  /** More would be locked together for each request. */
  private static final int MOST_TOGETHER = 8;

  private static final Form<Duration> WINDOW = Forms.duration("1s", "1d");

  private static final Map<String, Calendar> CALENDAR =
      Map.of("day", Calendar.DAY, "month", Calendar.MONTH);

  private final Map<String, Plan> plans;
  private final Set<String> planNames;
  private final @Nullable ScopeKind scope;

  /**
   * The forms of a product's limits.
   *
   * @param plans its plans, unless one is mistaken
   * @param planNames the names of all
   * @param scope what its keys open; null where that is mistaken
   */
  LimitForms(Map<String, Plan> plans, Set<String> planNames, @Nullable ScopeKind scope) {
    this.plans = plans;
    this.planNames = planNames;
    this.scope = scope;
  }

  /** Limits by name. */
  Form<Map<String, RateLimit>> limits() {
    return Forms.mapOf(
        ProfileReader.LIMIT_OR_PLAN, name -> Forms.section(fields -> limit(name, fields)));
  }

  private Supplier<RateLimit> limit(String name, Fields fields) {
    var period = fields.required("per", LimitForms::period);
    Period known = period.orNull();
    var requests = fields.required("requests", requests(known == null ? Calendar.DAY : known));
    var by = fields.optional("by", Forms.oneOf(CountedBy.class));
    if (by.orNull() == CountedBy.WORKSPACE && scope == ScopeKind.ACCOUNT) {
      fields.mistake("by", "must not be workspace: keys of this product belong to accounts");
    }
    if (by.orNull() == CountedBy.PLAN && planNames.isEmpty()) {
      fields.mistake("by", "must not be plan: the product has no plans");
    }
    return () -> new RateLimit(name, requests.get(), period.get(), by.or(CountedBy.KEY));
  }

  private static @Nullable Period period(YamlNode node, Mistakes mistakes) {
    String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Calendar calendar = CALENDAR.get(text);
    if (calendar != null) {
      return calendar;
    }
    if (!text.matches("[0-9]+[a-z]+")) {
      String likely =
          Nearest.to(text, CALENDAR.keySet())
              .map(near -> "; did you mean '" + near + "'?")
              .orElse("");
      mistakes.wrong(
          node, "must be a duration such as 1m, or day or month of the calendar", likely);
      return null;
    }
    Duration window = WINDOW.read(node, mistakes);
    if (window != null && window.toMillisPart() != 0) {
      mistakes.wrong(node, "must be whole seconds, as answers tell it in seconds");
      return null;
    }
    return window == null ? null : new Rolling(window);
  }

  private Form<Allowance> requests(Period period) {
    Form<Long> number = Forms.longNumber(1, RateLimit.most(period));
    Form<Allowance> byPlan = new PlanNumbers(plans, planNames).form(number);
    return (node, mistakes) -> {
      if (!(node instanceof YamlNode.Mapping mapping)) {
        Long same = number.read(node, mistakes);
        return same == null ? null : new Allowance.Same(same);
      }
      return byPlan.read(mapping, mistakes);
    };
  }

  /** The names of some limits: one, or a list. */
  static Form<List<String>> names(Set<String> limits) {
    Form<String> one = RouteForms.known("limit", limits);
    Form<List<String>> several = Forms.filledListOf(one);
    return (node, mistakes) -> {
      if (!(node instanceof YamlNode.Sequence)) {
        String name = one.read(node, mistakes);
        return name == null ? null : List.of(name);
      }
      List<String> names = several.read(node, mistakes);
      if (names == null) {
        return null;
      }
      if (new HashSet<>(names).size() < names.size()) {
        mistakes.add(node, "names a limit twice");
        return null;
      }
      if (names.size() > MOST_TOGETHER) {
        mistakes.add(node, "must name at most " + MOST_TOGETHER + " limits");
        return null;
      }
      return names;
    };
  }

  /**
   * What counts requests that have no route.
   *
   * @param limits those without a mistake
   * @param limitNames the names of all
   */
  static Form<Counting> counts(Map<String, RateLimit> limits, Set<String> limitNames) {
    Form<List<String>> none = noneOr(names(limitNames));
    return Forms.section(fields -> {
      var verify = fields.optional("verify", none);
      var management = fields.optional("management", none);
      return () -> {
        Counting usual = Counting.usual(Limits.of(limits.values()));
        return new Counting(verify.or(usual.verify()), management.or(usual.management()));
      };
    });
  }

  /** Refuses limits that nothing counts: they limit nothing, and nobody would know. */
  static void requireCounted(Fields fields, Set<String> counted) {
    var known = new LinkedHashSet<>(counted);
    known.add(Counting.DATA_LIMIT);
    known.add(Counting.MANAGEMENT_LIMIT);
    for (String name : fields.namesIn("limits")) {
      if (!counted.contains(name)) {
        known.remove(name);
        String likely =
            Nearest.to(name, known).map(near -> "; did you mean '" + near + "'?").orElse("");
        fields.mistakeIn(
            "limits",
            name,
            "nothing counts against it: neither a route nor counts names it" + likely);
      }
    }
  }

  /** The empty list is an answer here: nothing counts. */
  private static Form<List<String>> noneOr(Form<List<String>> form) {
    return (node, mistakes) ->
        node instanceof YamlNode.Sequence sequence && sequence.items().isEmpty()
            ? List.of()
            : form.read(node, mistakes);
  }

  private static SequencedMap<String, LimitHeaders> headers() {
    var words = new LinkedHashMap<String, LimitHeaders>();
    for (LimitHeaders one : LimitHeaders.values()) {
      words.put(one.text(), one);
    }
    return words;
  }
}
