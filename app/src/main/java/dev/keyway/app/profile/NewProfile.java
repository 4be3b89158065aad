package dev.keyway.app.profile;

import dev.keyway.app.yaml.References;
import dev.keyway.core.product.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A profile to start from, which reads without a mistake as it is.
 *
 * @param slug the product's name in paths
 * @param prefix what its keys begin with
 * @param text the commented profile
 */
public record NewProfile(String slug, String prefix, String text) {
  private static final int LONGEST_SLUG = 31;
  private static final int LONGEST_PREFIX = 24;

  /** The profile of a product called {@code name}; empty when no slug can be made of it. */
  public static Optional<NewProfile> named(String name) {
    String slug = slug(name);
    if (slug.isEmpty()) {
      return Optional.empty();
    }
    String text =
        ShippedProfiles.NAMES.contains(slug) ? ShippedProfiles.text(slug) : template(slug);
    var reader = new ProfileReader(new References(_ -> null, Path.of("")));
    Product product = reader.read("profiles/" + slug + ".yaml", text);
    return Optional.of(new NewProfile(slug, product.key().prefix(), text));
  }

  private static String slug(String name) {
    String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    slug = slug.replaceFirst("^[-0-9]+", "");
    return slug.substring(0, Math.min(slug.length(), LONGEST_SLUG)).replaceFirst("-$", "");
  }

  /** Without a _ inside: a prefix that ends at its only _ never begins another. */
  private static String prefix(String slug) {
    String letters = slug.replace("-", "");
    return letters.substring(0, Math.min(letters.length(), LONGEST_PREFIX - 1)) + "_";
  }

  private static String title(String slug) {
    var title = new StringBuilder();
    for (String word : slug.split("-", -1)) {
      title.append(title.isEmpty() ? "" : " ");
      title.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return title.toString();
  }

  private static String template(String slug) {
    try (var in = NewProfile.class.getResourceAsStream("new-profile.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks new-profile.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@slug@", slug)
          .replace("@title@", title(slug))
          .replace("@prefix@", prefix(slug));
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own jar cannot be read", e);
    }
  }
}
