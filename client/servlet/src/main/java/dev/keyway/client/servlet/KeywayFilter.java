package dev.keyway.client.servlet;

import dev.keyway.client.ClientAnswer;
import dev.keyway.client.Decision;
import dev.keyway.client.ForwardedRequest;
import dev.keyway.client.KeywayClient;
import dev.keyway.client.KeywayIdentity;
import dev.keyway.client.servlet.FilterSettings.Outages;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks Keyway about every request and lets in what passes. Map it first, to {@code /*}, with
 * asynchronous support. Init parameters: {@code url} and {@code product}; if wanted {@code
 * excludedPaths} (by commas), {@code failOpenOnOutage} and {@code keepCredentials} ({@code true}).
 *
 * <p>The application finds the {@link KeywayIdentity} in the attribute {@link #IDENTITY}, in {@code
 * getUserPrincipal} and in the {@code Keyway-*-Id} fields. What was refused is answered here as
 * Keyway's gateway answers it. A thread waits for the decision, two seconds at most by default.
 */
public final class KeywayFilter implements jakarta.servlet.Filter {
  /** The request attribute that holds the {@link KeywayIdentity}. */
  public static final String IDENTITY = KeywayIdentity.class.getName();

  /** Marks a request that was let in, so that its further dispatches do not count once more. */
  private static final String PASSED = KeywayFilter.class.getName() + ".passed";

  private static final ClientAnswer LEADS_ELSEWHERE =
      ClientAnswer.invalidRequest(
          "A filter before Keyway's has changed the path of this request, so the decision would be"
              + " about another one than the application answers. Register Keyway's filter first.");

  private @Nullable KeywayClient keyway;
  private FilterSettings settings;
  private ExcludedPaths excluded;

  /** For a container, which gives the init parameters. */
  public KeywayFilter() {
    this.settings = FilterSettings.DEFAULT;
    this.excluded = new ExcludedPaths(List.of());
  }

  /** For code that makes the client itself. */
  public KeywayFilter(KeywayClient keyway, FilterSettings settings) {
    this.keyway = keyway;
    this.settings = settings;
    this.excluded = new ExcludedPaths(settings.excludedPaths());
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (keyway == null) {
      try {
        keyway = KeywayClient.of(required(config, "url"), required(config, "product"));
        settings = InitParameters.settings(config);
        excluded = new ExcludedPaths(settings.excludedPaths());
      } catch (IllegalArgumentException e) {
        throw new ServletException("KeywayFilter: " + e.getMessage(), e);
      }
    }
  }

  private static String required(FilterConfig config, String name) {
    String value = config.getInitParameter(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the init parameter " + name + " is missing");
    }
    return value.strip();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      filter(http, answer, chain);
    } else {
      throw new ServletException("KeywayFilter lets nothing but HTTP pass");
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isDecided = request.getAttribute(PASSED) != null;
    // A page about an error shows no more than the error, and the request is over.
    boolean isAboutAnError = request.getDispatcherType() == DispatcherType.ERROR;
    if (!isDecided && leadsElsewhere(request)) {
      Answers.send(LEADS_ELSEWHERE, response);
    } else if (isDecided || isAboutAnError || excluded.contain(asCame(request).getRequestURI())) {
      pass(request, response, chain);
    } else {
      decide(request, response, chain);
    }
  }

  private void decide(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    KeywayClient client = Objects.requireNonNull(keyway, "init was not called");
    Decision decision = client.check(forwarded(request));
    if (decision instanceof Decision.Allowed allowed) {
      request.setAttribute(IDENTITY, allowed.identity());
      Answers.add(allowed.headers(), response);
      pass(request, response, chain);
    } else if (decision instanceof Decision.Refused refused) {
      Answers.send(refused.answer(), response);
    } else if (decision instanceof Decision.Preflight preflight) {
      Answers.send(preflight.answer(), response);
    } else if (decision instanceof Decision.Unavailable unavailable) {
      if (settings.outages() == Outages.OPEN && unavailable.reason().isOutage()) {
        pass(request, response, chain);
      } else {
        Answers.send(unavailable.answer(), response);
      }
    }
  }

  private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(PASSED, PASSED);
    KeywayIdentity identity = (KeywayIdentity) request.getAttribute(IDENTITY);
    String method = asCame(request).getMethod();
    chain.doFilter(
        new PassedRequest(request, method, response, identity, settings.credentials()), response);
  }

  /**
   * The container's own request. A filter before this one may put a path, an address or a method in
   * its place that the client names, as Spring's does with {@code X-Forwarded-Prefix}. In other
   * dispatches the container itself is the one who wraps.
   */
  private static HttpServletRequest asCame(HttpServletRequest request) {
    HttpServletRequest innermost = request;
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      while (innermost instanceof ServletRequestWrapper wrapper
          && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
        innermost = wrapped;
      }
    }
    return innermost;
  }

  /**
   * Whether a filter before this one leads the application to another path than the one that
   * Keyway, or the list of excluded paths, would be asked about. What such a filter puts before the
   * context path leads nowhere else.
   */
  private static boolean leadsElsewhere(HttpServletRequest request) {
    HttpServletRequest came = asCame(request);
    return !(belowContext(came).equals(belowContext(request))
        && Objects.equals(came.getServletPath(), request.getServletPath())
        && Objects.equals(came.getPathInfo(), request.getPathInfo()));
  }

  private static String belowContext(HttpServletRequest request) {
    String path = request.getRequestURI();
    String context = request.getContextPath();
    return path.startsWith(context) ? path.substring(context.length()) : path;
  }

  /** The request as it came, context path included: what a gateway before it would see. */
  private static ForwardedRequest forwarded(HttpServletRequest request) {
    HttpServletRequest came = asCame(request);
    String query = came.getQueryString();
    String target = query == null ? came.getRequestURI() : came.getRequestURI() + "?" + query;
    ForwardedRequest forwarded = ForwardedRequest.of(came.getMethod(), target);
    for (String name : Collections.list(request.getHeaderNames())) {
      if (ForwardedRequest.needs(name) && !name.equalsIgnoreCase("X-Forwarded-For")) {
        Collections.list(request.getHeaders(name)).forEach(value -> forwarded.with(name, value));
      }
    }
    return forwarded.with("X-Forwarded-For", addresses(came));
  }

  /** Keyway reads them from the right, as far as it trusts who wrote them. */
  private static String addresses(HttpServletRequest request) {
    return String.join(
        ", ",
        Stream.concat(
                Collections.list(request.getHeaders("X-Forwarded-For")).stream(),
                Stream.of(request.getRemoteAddr()))
            .toList());
  }
}
