package dev.keyway.client.spring;

import dev.keyway.client.CallLimits;
import dev.keyway.client.KeywayClient;
import dev.keyway.client.servlet.FilterSettings;
import dev.keyway.client.servlet.FilterSettings.Credentials;
import dev.keyway.client.servlet.FilterSettings.Outages;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The lines below {@code keyway}; each is described in {@code spring-configuration-metadata.json}.
 */
@ConfigurationProperties("keyway")
record KeywayProperties(
    @Nullable String url,
    @Nullable String product,
    @DefaultValue("true") boolean enabled,
    @DefaultValue List<String> excludedPaths,
    @DefaultValue("false") boolean failOpenOnOutage,
    @DefaultValue("false") boolean keepCredentials,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("2s") Duration callTimeout) {

  KeywayClient client() {
    try {
      return KeywayClient.builder(required(url, "url"), required(product, "product"))
          .limits(CallLimits.DEFAULT.withTimeouts(connectTimeout, callTimeout))
          .build();
    } catch (IllegalArgumentException e) {
      throw new KeywaySettingsException(String.valueOf(e.getMessage()));
    }
  }

  FilterSettings filter() {
    return FilterSettings.DEFAULT
        .excluding(excludedPaths)
        .on(failOpenOnOutage ? Outages.OPEN : Outages.CLOSED)
        .showing(keepCredentials ? Credentials.KEPT : Credentials.REMOVED);
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw new KeywaySettingsException("keyway." + name + " is not set");
    }
    return value.strip();
  }
}
