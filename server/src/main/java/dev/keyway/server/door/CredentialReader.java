package dev.keyway.server.door;

import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Product;
import dev.keyway.core.verify.Credential;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request to one product carries by way of a key, and takes it out of the query.
 *
 * <p>The places are {@code Authorization}, {@code X-API-Key} and the query. A place counts as
 * filled whether the product accepts it or not, so that no request can show one key to Keyway and
 * another to somebody behind it.
 */
public final class CredentialReader {
  private static final CharSequence AUTHORIZATION = HttpHeaders.AUTHORIZATION;
  private static final CharSequence API_KEY = HttpHeaders.createOptimized("X-API-Key");

  /** A parameter of one of these names carries a key, whatever its value looks like. */
  private static final List<String> KEY_PARAMETERS = List.of("apikey", "api_key", "access_token");

  private final KeyFormat format;
  private final Set<String> accepted = new HashSet<>();
  private final Set<String> named = new HashSet<>(KEY_PARAMETERS);

  /**
   * A reader for one product.
   *
   * @param format the form of the keys of all installed products, not of this one only
   */
  public CredentialReader(Product product, KeyFormat format) {
    this.format = format;
    for (Carrier carrier : product.carriers()) {
      String parameter = carrier.parameter();
      if (carrier.place() == Place.QUERY && parameter != null) {
        accepted.add(parameter);
        named.add(parameter);
      }
    }
  }

  /**
   * Reads the credential.
   *
   * @param rawQuery what follows the question mark, as it came; null for none
   */
  public Credential read(HeaderValues headers, @Nullable String rawQuery) {
    int filled = 0;
    String fromQuery = null;
    if (rawQuery != null) {
      var parameters = new QueryParameters(rawQuery);
      while (parameters.next()) {
        if (carriesKey(parameters)) {
          if (!accepted.contains(parameters.name())) {
            return Credential.IN_FORBIDDEN_QUERY;
          }
          fromQuery = parameters.value();
          filled++;
        }
      }
    }
    List<String> authorization = headers.of(AUTHORIZATION);
    List<String> apiKey = headers.of(API_KEY);
    filled += filled(authorization) + filled(apiKey);
    if (filled == 0) {
      return Credential.MISSING;
    }
    if (filled > 1) {
      return Credential.SEVERAL;
    }
    if (fromQuery != null) {
      return single(Place.QUERY, fromQuery);
    }
    return filled(apiKey) == 1
        ? single(Place.X_API_KEY, apiKey.getFirst())
        : authorization(authorization.getFirst());
  }

  /**
   * The query without any parameter that carries a key, used or not (LAKE-7); the others stay as
   * they came.
   *
   * @return null when nothing is left
   */
  public @Nullable String withoutKeys(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return null;
    }
    var kept = new StringBuilder(rawQuery.length());
    var parameters = new QueryParameters(rawQuery);
    while (parameters.next()) {
      if (!carriesKey(parameters)) {
        parameters.copyTo(kept);
      }
    }
    return kept.isEmpty() ? null : kept.toString();
  }

  /**
   * An address without any key in its query. A page whose address carries one names that address in
   * its requests, as {@code Referer}.
   */
  public String addressWithoutKeys(String address) {
    int question = address.indexOf('?');
    if (question < 0) {
      return address;
    }
    String query = withoutKeys(address.substring(question + 1));
    String page = address.substring(0, question);
    return query == null ? page : page + '?' + query;
  }

  /**
   * Whether a key stands in a path, be it in the middle of a word. That alone is no reason to
   * refuse it. Where the query holds a key too it is one: a proxy that cuts the key of the query
   * out as a text could cut it out of the path as well, and forward a path that nobody checked.
   *
   * @param path in its plain form ({@link RequestTarget#isUnambiguous}): nothing that a key is made
   *     of is escaped
   */
  boolean isInPath(String path) {
    return format.isWithin(path);
  }

  private boolean carriesKey(QueryParameters parameter) {
    String name = parameter.name();
    return named.contains(name) || isIn(name) || isIn(parameter.value());
  }

  /** Whether a key stands in a decoded text, or would if somebody behind decoded it once more. */
  private boolean isIn(String text) {
    return format.isIn(text)
        || (text.indexOf('%') >= 0 && format.isIn(PercentCode.decodeSegment(text)));
  }

  /** How often a header is filled; a single blank line fills nothing. */
  private static int filled(List<String> lines) {
    return lines.size() == 1 && lines.getFirst().isBlank() ? 0 : lines.size();
  }

  private static Credential single(Place place, String text) {
    return text.indexOf(',') >= 0 ? Credential.SEVERAL : new Credential.Single(place, text, null);
  }

  private static Credential authorization(String value) {
    if (value.indexOf(',') >= 0) {
      return Credential.SEVERAL;
    }
    // Exactly one space ends the scheme: a second one becomes part of the key and spoils it.
    int space = value.indexOf(' ');
    String scheme = space < 0 ? value : value.substring(0, space);
    String rest = space < 0 ? "" : value.substring(space + 1);
    if (scheme.equalsIgnoreCase("Bearer")) {
      return new Credential.Single(Place.BEARER, rest, null);
    }
    if (scheme.equalsIgnoreCase("Basic")) {
      return basic(rest);
    }
    return new Credential.Single(Place.OTHER_SCHEME, "", null);
  }

  private static Credential basic(String encoded) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      pair = "";
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return new Credential.Single(Place.BASIC, "", null);
    }
    return new Credential.Single(Place.BASIC, pair.substring(colon + 1), pair.substring(0, colon));
  }
}
