package dev.keyway.client.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;

/** Keeps a reactive application from starting, where no servlet filter would guard it. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "keyway.enabled", matchIfMissing = true)
public final class KeywayReactiveAutoConfiguration {

  KeywayReactiveAutoConfiguration() {
    throw new KeywaySettingsException("it guards servlet applications, and this one is reactive");
  }
}
