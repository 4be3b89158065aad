package dev.keyway.client.spring;

import dev.keyway.client.KeywayIdentity;
import dev.keyway.client.servlet.KeywayFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** {@code KeywayIdentity}, or {@code Optional<KeywayIdentity>} where a path may be open. */
final class IdentityArgument implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.nestedIfOptional().getNestedParameterType() == KeywayIdentity.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    Object identity = request.getAttribute(KeywayFilter.IDENTITY, RequestAttributes.SCOPE_REQUEST);
    if (parameter.getParameterType() == Optional.class) {
      return Optional.ofNullable(identity);
    }
    if (identity == null && !parameter.isOptional()) {
      throw new IllegalStateException(
          "no key came with this request: ask for Optional<KeywayIdentity> where a path is"
              + " excluded or an outage lets requests pass");
    }
    return identity;
  }
}
