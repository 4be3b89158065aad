package dev.keyway.client.servlet;

import dev.keyway.client.KeywayIdentity;
import dev.keyway.client.servlet.FilterSettings.Credentials;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the application sees it: {@code Keyway-*} fields say what was decided and nothing
 * else, and the key is gone.
 */
final class PassedRequest extends HttpServletRequestWrapper {
  private final PassedFields fields;
  private final String method;
  private final QueryKeys query;
  private final @Nullable KeywayIdentity identity;
  private final Credentials credentials;
  private final ServletResponse response;

  /**
   * A request that was decided.
   *
   * @param method the one that Keyway was asked about, whatever a filter has made of it
   */
  PassedRequest(
      HttpServletRequest request,
      String method,
      ServletResponse response,
      @Nullable KeywayIdentity identity,
      Credentials credentials) {
    super(request);
    this.method = method;
    this.response = response;
    this.identity = identity;
    this.credentials = credentials;
    this.query = new QueryKeys(request.getQueryString());
    this.fields = new PassedFields(request, identity, credentials);
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return fields.first(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return Collections.enumeration(fields.all(name));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(fields.names());
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    Cookie[] cookies = super.getCookies();
    if (cookies == null) {
      return null;
    }
    Cookie[] shown =
        Arrays.stream(cookies)
            .filter(cookie -> !OwnCookies.isOne(cookie.getName()))
            .toArray(Cookie[]::new);
    return shown.length == 0 ? null : shown;
  }

  @Override
  public long getDateHeader(String name) {
    return fields.first(name) == null ? -1 : super.getDateHeader(name);
  }

  @Override
  public int getIntHeader(String name) {
    String value = fields.first(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public @Nullable String getQueryString() {
    return credentials == Credentials.KEPT ? super.getQueryString() : query.rest();
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> all = super.getParameterMap();
    return credentials == Credentials.KEPT ? all : query.without(all);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(List.copyOf(getParameterMap().keySet()));
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    KeywayIdentity known = identity;
    return known == null ? super.getUserPrincipal() : new KeywayPrincipal(known);
  }

  @Override
  public @Nullable String getRemoteUser() {
    KeywayIdentity known = identity;
    return known == null ? super.getRemoteUser() : known.keyId();
  }

  @Override
  public @Nullable String getAuthType() {
    return identity == null ? super.getAuthType() : "keyway";
  }

  /** Without arguments a container would go on with the request as it came, key and all. */
  @Override
  public AsyncContext startAsync() {
    return super.startAsync(this, response);
  }
}
