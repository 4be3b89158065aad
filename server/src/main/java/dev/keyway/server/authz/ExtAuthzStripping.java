package dev.keyway.server.authz;

import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.door.Cookies;
import dev.keyway.server.door.CredentialReader;
import dev.keyway.server.door.HeaderNameSet;
import dev.keyway.server.door.Routing;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says what Envoy has to take out of a request before the upstream sees it: credentials, names that
 * are Keyway's own, and what would let a client claim another path or method than was checked.
 *
 * <p>Envoy sets headers first and removes others then, so a name that Keyway sets must not be
 * removed.
 */
final class ExtAuthzStripping {
  private static final int HEADERS = 2;
  private static final int HEADERS_TO_REMOVE = 5;
  private static final int PARAMETERS_TO_REMOVE = 8;
  private static final String OURS = "keyway-";

  private static final List<String> ALWAYS =
      List.of(
          "authorization",
          "x-api-key",
          "proxy-authorization",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-method",
          "x-original-uri",
          "x-original-url",
          "x-rewrite-url",
          "x-forwarded-method",
          "x-forwarded-uri",
          "x-forwarded-prefix");

  /** What Keyway sets, as the key has it or not. */
  private static final Set<String> SET =
      Set.of(
          "keyway-key-id",
          "keyway-account-id",
          "keyway-workspace-id",
          "keyway-resource-id",
          "keyway-request-id",
          "keyway-identity");

  private static final HeaderNameSet REMOVED = new HeaderNameSet(ALWAYS);
  private static final byte[] ALWAYS_WRITTEN = written(ALWAYS);

  private ExtAuthzStripping() {}

  private static byte[] written(List<String> names) {
    var fields = new ProtobufWriter();
    names.forEach(name -> fields.text(HEADERS_TO_REMOVE, name));
    return fields.toBytes();
  }

  /**
   * Writes into an {@code OkHttpResponse}.
   *
   * @param identity what is set as such; null for none
   */
  static void write(
      ProtobufWriter message,
      ExtAuthzRequest request,
      Routing.Routed routed,
      VerifiableKey key,
      @Nullable String identity) {
    CredentialReader reader = routed.entrance().door().reader();
    message.raw(ALWAYS_WRITTEN);
    removeUnless(message, "keyway-workspace-id", key.workspace());
    removeUnless(message, "keyway-resource-id", key.resource());
    removeUnless(message, "keyway-identity", identity);
    for (int i = 0; i < request.headers(); i++) {
      String name = request.headerName(i);
      if (isForged(name)) {
        message.text(HEADERS_TO_REMOVE, name);
      }
    }
    clean(message, "cookie", request.of("Cookie"), Cookies::withoutOurs);
    clean(message, "referer", request.of("Referer"), reader::addressWithoutKeys);
    for (String name : keyParameters(routed.query(), reader)) {
      message.text(PARAMETERS_TO_REMOVE, name);
    }
  }

  private static void removeUnless(ProtobufWriter message, String name, @Nullable Object isSet) {
    if (isSet == null) {
      message.text(HEADERS_TO_REMOVE, name);
    }
  }

  /** Whether a name is one of those, or may be read as one, and is not replaced or removed yet. */
  private static boolean isForged(String name) {
    if (HeaderNameSet.startsWith(name, OURS)) {
      return !SET.contains(name.toLowerCase(Locale.ROOT));
    }
    return name.indexOf('_') >= 0 && REMOVED.contains(name);
  }

  /** Sets a header anew that holds more than the upstream may see; most requests have none. */
  private static void clean(
      ProtobufWriter message,
      String name,
      List<String> lines,
      Function<String, @Nullable String> cleaner) {
    if (lines.isEmpty()) {
      return;
    }
    String before = String.join("; ", lines);
    String after = cleaner.apply(before);
    if (after == null) {
      message.text(HEADERS_TO_REMOVE, name);
    } else if (!after.equals(before)) {
      ExtAuthzFields.write(message, HEADERS, name, after);
    }
  }

  /**
   * The names of the parameters that carry a key, as Envoy reads them: in their raw form, and with
   * the ampersand as the only thing that separates. All parameters of such a name are taken out.
   */
  static Set<String> keyParameters(@Nullable String query, CredentialReader reader) {
    if (query == null || query.equals(reader.withoutKeys(query))) {
      return Set.of();
    }
    Set<String> names = new LinkedHashSet<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty() && !parameter.equals(reader.withoutKeys(parameter))) {
        int equals = parameter.indexOf('=');
        names.add(equals < 0 ? parameter : parameter.substring(0, equals));
      }
    }
    return names;
  }
}
