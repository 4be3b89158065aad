package dev.keyway.app.profile;

import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.YamlNode;
import dev.keyway.core.limit.Allowance;
import dev.keyway.core.product.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The form of a limit's numbers by plan. Each plan with API access has one or is called unlimited:
 * one that was forgotten would have no limit, and nobody would know.
 */
record PlanNumbers(Map<String, Plan> plans, Set<String> planNames) {
  private static final String UNLIMITED = "unlimited";

  /** Numbers, each of this form. */
  Form<Allowance> form(Form<Long> number) {
    Form<Optional<Long>> one = orUnlimited(number);
    var byPlan = Forms.mapOf(RouteForms.known("plan", planNames), plan -> ofPlan(plan, one));
    return (node, mistakes) -> {
      Map<String, Optional<Long>> read = byPlan.read(node, mistakes);
      if (read == null) {
        return null;
      }
      for (Plan plan : plans.values()) {
        if (plan.api() && !read.containsKey(plan.name())) {
          mistakes.add(
              node, "must have a number for plan '%s', or %s".formatted(plan.name(), UNLIMITED));
          return null;
        }
      }
      var numbers = new LinkedHashMap<String, Long>();
      read.forEach((plan, requests) -> requests.ifPresent(some -> numbers.put(plan, some)));
      if (numbers.isEmpty()) {
        mistakes.add(node, "must have a number for at least one plan");
        return null;
      }
      return new Allowance.ByPlan(numbers);
    };
  }

  private Form<Optional<Long>> ofPlan(String name, Form<Optional<Long>> form) {
    Plan plan = plans.get(name);
    if (plan == null || plan.api()) {
      return form;
    }
    return (node, mistakes) -> {
      mistakes.add(node, "has no effect: plan '%s' has no API access".formatted(name));
      return null;
    };
  }

  private static Form<Optional<Long>> orUnlimited(Form<Long> number) {
    return (node, mistakes) -> {
      if (node instanceof YamlNode.Scalar scalar && scalar.text().equals(UNLIMITED)) {
        return Optional.empty();
      }
      Long read = number.read(node, mistakes);
      return read == null ? null : Optional.of(read);
    };
  }
}
