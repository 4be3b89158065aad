package dev.keyway.app.profile;

import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of one installation, read and checked against each other.
 *
 * @param hash SHA-256 in hex of all profiles as they are written, whatever their files are called;
 *     two nodes with the same hash run the same profiles. Addresses given by the program's settings
 *     are no part of it
 */
public record Profiles(Products products, String hash) {

  /** The profile files of a folder, by name; none if there is no such folder. */
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(YamlFile.shown(folder) + " cannot be listed", e);
    }
  }

  /**
   * Reads all profiles of a folder.
   *
   * @param environment the variables that headers may refer to
   * @throws MistakesException naming every mistake in every file
   */
  public static Profiles read(Path folder, Function<String, @Nullable String> environment) {
    var reader = new ProfileReader(new References(environment, folder));
    var texts = new LinkedHashMap<String, String>();
    for (Path file : files(folder)) {
      texts.put(YamlFile.shown(file), YamlFile.text(file));
    }
    return read(reader, texts, YamlFile.shown(folder));
  }

  /** The profiles that come with the program. */
  public static Profiles shipped() {
    var reader = new ProfileReader(new References(_ -> null, Path.of("")));
    var texts = new LinkedHashMap<String, String>();
    ShippedProfiles.NAMES.forEach(
        name -> texts.put("profiles/" + name + ".yaml", ShippedProfiles.text(name)));
    return read(reader, texts, "profiles");
  }

  private static Profiles read(ProfileReader reader, Map<String, String> texts, String folder) {
    var products = new LinkedHashMap<String, Product>();
    var textBySlug = new TreeMap<String, String>();
    var mistakes = new ArrayList<String>();
    texts.forEach((file, text) -> {
      try {
        Product product = reader.read(file, text);
        products.put(file, product);
        textBySlug.put(product.slug(), text);
      } catch (MistakesException e) {
        mistakes.addAll(e.lines());
      }
    });
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
    mistakes.addAll(clashes(products));
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
    return new Profiles(checked(products.values(), folder), ProfileHash.of(textBySlug));
  }

  /** Each two files of one product, or with key prefixes of which one begins with the other. */
  private static List<String> clashes(Map<String, Product> products) {
    var clashes = new ArrayList<String>();
    var earlier = new LinkedHashMap<String, Product>();
    products.forEach((file, product) -> {
      earlier.forEach((otherFile, other) -> {
        String prefix = product.key().prefix();
        String otherPrefix = other.key().prefix();
        if (product.slug().equals(other.slug())) {
          clashes.add(
              "%s: product '%s' is that of %s too; a product has one profile"
                  .formatted(file, product.slug(), otherFile));
        } else if (prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix)) {
          clashes.add(
              "%s: key prefix '%s' and '%s' of %s begin alike; none may equal or begin with another"
                  .formatted(file, prefix, otherPrefix, otherFile));
        }
      });
      earlier.put(file, product);
    });
    return clashes;
  }

  private static Products checked(Collection<Product> products, String folder) {
    try {
      return new Products(products, OperatorKey.KEY_PREFIX);
    } catch (IllegalArgumentException e) {
      throw new MistakesException(List.of(folder + ": " + e.getMessage()));
    }
  }

  /**
   * These profiles with addresses for their upstreams.
   *
   * @param addresses by product and upstream; others keep what their profile says
   */
  public Profiles withAddresses(Map<String, Map<String, URI>> addresses) {
    var placed = new ArrayList<Product>();
    for (Product product : products.all()) {
      placed.add(withAddresses(product, addresses.getOrDefault(product.slug(), Map.of())));
    }
    return new Profiles(new Products(placed, OperatorKey.KEY_PREFIX), hash);
  }

  private static Product withAddresses(Product product, Map<String, URI> addresses) {
    var upstreams = new LinkedHashMap<>(product.upstreams());
    upstreams.replaceAll((name, upstream) ->
        new Upstream(
            name,
            addresses.getOrDefault(name, upstream.url()),
            upstream.headers(),
            upstream.connectTimeout(),
            upstream.responseTimeout()));
    return new Product(
        product.slug(),
        product.title(),
        product.portal(),
        product.key(),
        product.carriers(),
        product.selfManagement(),
        product.plans(),
        product.limits(),
        product.counting(),
        product.routes(),
        upstreams,
        product.corsOrigins());
  }
}
