package dev.keyway.client.servlet;

import dev.keyway.client.servlet.FilterSettings.Credentials;
import dev.keyway.client.servlet.FilterSettings.Outages;
import jakarta.servlet.FilterConfig;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filter's settings as a container gives them. */
final class InitParameters {
  private static final Set<String> KNOWN =
      Set.of("url", "product", "excludedPaths", "failOpenOnOutage", "keepCredentials");

  private InitParameters() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException for a name or a value that means nothing
   */
  static FilterSettings settings(FilterConfig config) {
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("there is no init parameter " + name);
      }
    }
    return FilterSettings.DEFAULT
        .excluding(list(config.getInitParameter("excludedPaths")))
        .on(isSet(config, "failOpenOnOutage") ? Outages.OPEN : Outages.CLOSED)
        .showing(isSet(config, "keepCredentials") ? Credentials.KEPT : Credentials.REMOVED);
  }

  private static List<String> list(@Nullable String paths) {
    return paths == null || paths.isBlank()
        ? List.of()
        : Arrays.stream(paths.split(",")).map(String::strip).toList();
  }

  private static boolean isSet(FilterConfig config, String name) {
    String value = config.getInitParameter(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw new IllegalArgumentException("the init parameter " + name + " is true or false");
  }
}
