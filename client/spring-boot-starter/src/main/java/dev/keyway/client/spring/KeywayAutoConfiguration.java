package dev.keyway.client.spring;

import dev.keyway.client.KeywayClient;
import dev.keyway.client.servlet.KeywayFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts {@link KeywayFilter} before everything else. With this on the class path an application that
 * does not say where Keyway is does not start, because it would serve everybody.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "keyway.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KeywayProperties.class)
public final class KeywayAutoConfiguration {
  /** It lets a field of a form change the method, after Keyway was asked about another. */
  private static final String HIDDEN_METHODS = "spring.mvc.hiddenmethod.filter.enabled";

  @Bean
  @ConditionalOnMissingBean
  KeywayClient keywayClient(KeywayProperties properties) {
    return properties.client();
  }

  @Bean
  FilterRegistrationBean<KeywayFilter> keywayFilter(
      KeywayClient keyway, KeywayProperties properties, Environment environment) {
    if (environment.getProperty(HIDDEN_METHODS, Boolean.class, false)) {
      throw new KeywaySettingsException(
          HIDDEN_METHODS + " lets a POST become a DELETE behind it; take that line out");
    }
    var registration =
        new FilterRegistrationBean<KeywayFilter>(new KeywayFilter(keyway, properties.filter()));
    registration.addUrlPatterns("/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return registration;
  }

  /** Lets a controller ask for the identity as an argument. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(WebMvcConfigurer.class)
  static class Mvc {

    @Bean
    WebMvcConfigurer keywayIdentityArgument() {
      return new WebMvcConfigurer() {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
          resolvers.add(new IdentityArgument());
        }
      };
    }
  }
}
