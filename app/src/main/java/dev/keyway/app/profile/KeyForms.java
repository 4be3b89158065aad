package dev.keyway.app.profile;

import dev.keyway.app.yaml.Durations;
import dev.keyway.app.yaml.Fields;
import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.Mistakes;
import dev.keyway.app.yaml.YamlNode;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.ExpiryPolicy.Choice;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.KeyPolicy.Show;
import dev.keyway.core.product.NamePolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forms of what a profile says about keys: their look, their name, their life, their places.
 */
final class KeyForms {
  static final Form<KeyPolicy> KEY = Forms.section(KeyForms::key);

  /** Where keys are accepted: {@code [bearer, basic, x-api-key, query:NAME]}. */
  static final Form<List<Carrier>> CARRIERS = KeyForms::carriers;

  /** More would cost a look through as many slots at each creation. */
  private static final int MAX_ACTIVE = 1000;

  private static final Form<String> PREFIX =
      Forms.matching(
          "(?=.{2,24}\\z)[a-z][a-z0-9_]*_",
          "2 to 24 of a-z, 0-9 and _, beginning with a letter and ending in _");

  private static final Form<NamePolicy> NAME_RULES = Forms.section(KeyForms::nameRules);
  private static final Form<ExpiryPolicy> EXPIRY = Forms.section(KeyForms::expiry);

  private enum Mode {
    FIXED,
    CHOICES,
    OPTIONAL
  }

  private KeyForms() {}

  private static Supplier<KeyPolicy> key(Fields fields) {
    var prefix = fields.required("prefix", PREFIX);
    var show = fields.required("show", Forms.oneOf(Show.class));
    var scope = fields.required("scope", Forms.oneOf(ScopeKind.class));
    var name = fields.optional("name", KeyForms::name);
    var maxActive = fields.optional("max_active", Forms.number(1, MAX_ACTIVE));
    var expiry = fields.required("expiry", EXPIRY);
    return () ->
        new KeyPolicy(
            prefix.get(),
            show.get(),
            scope.get(),
            name.or(new NamePolicy(NamePolicy.Use.OPTIONAL, null, null)),
            maxActive.orNull(),
            expiry.get());
  }

  private static @Nullable NamePolicy name(YamlNode node, Mistakes mistakes) {
    if (node instanceof YamlNode.Scalar scalar) {
      if (scalar.text().equals("none")) {
        return new NamePolicy(NamePolicy.Use.NONE, null, null);
      }
      mistakes.wrong(node, "must be none or a mapping such as {required: true, pattern: null}");
      return null;
    }
    return NAME_RULES.read(node, mistakes);
  }

  private static Supplier<NamePolicy> nameRules(Fields fields) {
    var required = fields.optional("required", Forms.BOOLEAN);
    var pattern = fields.optional("pattern", Forms.REGEX);
    var hint = fields.optional("hint", Forms.TEXT);
    if (hint.orNull() != null && pattern.orNull() == null) {
      fields.mistake("hint", "says a pattern in words, and there is no pattern");
    }
    return () ->
        new NamePolicy(
            required.or(false) ? NamePolicy.Use.REQUIRED : NamePolicy.Use.OPTIONAL,
            pattern.orNull(),
            hint.orNull());
  }

  private static Supplier<ExpiryPolicy> expiry(Fields fields) {
    var mode = fields.required("mode", Forms.oneOf(Mode.class));
    return switch (mode.orNull()) {
      case FIXED -> {
        var after = fields.required("after", KeyForms::life);
        yield () -> new ExpiryPolicy.Fixed(after.get().life());
      }
      case CHOICES -> {
        var choices = fields.required("choices", KeyForms::choices);
        yield () -> new ExpiryPolicy.Choices(choices.get());
      }
      case OPTIONAL -> {
        var choices = fields.optional("choices", KeyForms::choices);
        yield () -> new ExpiryPolicy.Optional(choices.or(List.of()));
      }
      case null -> {
        // Both belong to some mode, so neither is unknown here.
        fields.optional("after", KeyForms::life);
        fields.optional("choices", KeyForms::choices);
        yield () -> new ExpiryPolicy.Fixed(null);
      }
    };
  }

  private static @Nullable Choice life(YamlNode node, Mistakes mistakes) {
    String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    if (text.equals(Choice.NEVER)) {
      return new Choice(text, null);
    }
    if (Durations.parse(text) == null) {
      mistakes.wrong(node, "must be never or a duration such as 12h or 365d");
      return null;
    }
    Duration life = Forms.duration("1s", "36500d").read(node, mistakes);
    return life == null ? null : new Choice(text, life);
  }

  private static @Nullable List<Choice> choices(YamlNode node, Mistakes mistakes) {
    Form<Choice> form = KeyForms::life;
    return distinct(Forms.filledListOf(form), Choice::text).read(node, mistakes);
  }

  private static @Nullable List<Carrier> carriers(YamlNode node, Mistakes mistakes) {
    Form<Carrier> form = KeyForms::carrier;
    return distinct(Forms.filledListOf(form), Carrier::toString).read(node, mistakes);
  }

  private static @Nullable Carrier carrier(YamlNode node, Mistakes mistakes) {
    String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    if (text.matches("query:[A-Za-z0-9_.~-]{1,40}")) {
      return new Carrier(Carrier.Place.QUERY, text.substring("query:".length()));
    }
    Carrier.Place place =
        switch (text) {
          case "bearer" -> Carrier.Place.BEARER;
          case "basic" -> Carrier.Place.BASIC;
          case "x-api-key" -> Carrier.Place.X_API_KEY;
          default -> null;
        };
    if (place == null) {
      mistakes.wrong(
          node, "must be one of bearer, basic, x-api-key or query:NAME (a query parameter)");
      return null;
    }
    return new Carrier(place, null);
  }

  /** A list in which nothing is said twice. */
  private static <T> Form<List<T>> distinct(Form<List<T>> form, Function<T, String> identity) {
    return (node, mistakes) -> {
      List<T> read = form.read(node, mistakes);
      var seen = new HashSet<String>();
      if (read != null && !read.stream().allMatch(item -> seen.add(identity.apply(item)))) {
        mistakes.add(node, "names something twice");
        return null;
      }
      return read;
    };
  }
}
