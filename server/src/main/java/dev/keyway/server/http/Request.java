package dev.keyway.server.http;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.RefusedException.Invalid;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to the control listener, read whole: what a {@link Handler} sees of HTTP.
 *
 * <p>Header names are kept in lower case. {@code toString} names method and path only, since
 * queries, headers and bodies hold credentials.
 */
public final class Request {
  private final Endpoint.Method method;
  private final String path;
  private final @Nullable String rawQuery;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final ClientAddress client;
  private final String id;
  private final Map<String, String> parameters;

  /**
   * A request that matched an endpoint.
   *
   * @param path as it was sent, without the query
   * @param rawQuery still encoded; null for none
   * @param headers names in lower case, values in the order received
   * @param client the TCP peer, or the client that a trusted proxy names
   * @param id the server's own id for it
   * @param parameters the values of the path's placeholders
   */
  public Request(
      Endpoint.Method method,
      String path,
      @Nullable String rawQuery,
      Map<String, List<String>> headers,
      byte[] body,
      ClientAddress client,
      String id,
      Map<String, String> parameters) {
    this.method = method;
    this.path = path;
    this.rawQuery = rawQuery;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
    this.client = client;
    this.id = id;
    this.parameters = Map.copyOf(parameters);
  }

  public Endpoint.Method method() {
    return method;
  }

  /** As it was sent, without the query. */
  public String path() {
    return path;
  }

  /** Where the client is in the network. */
  public ClientAddress client() {
    return client;
  }

  /** The text of the client's address. */
  public String address() {
    return client.text();
  }

  /** The id under which logs, problems and the trail know this request. */
  public String id() {
    return id;
  }

  /** The value at a placeholder of the endpoint's path; asking for another one is a bug. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no {" + name + "}");
    }
    return value;
  }

  /** All values at the path's placeholders, by name. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Every value of a header, in the order received. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * The one value of a header; null when it was not sent.
   *
   * @throws Invalid when it was sent more than once
   */
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    if (values.size() > 1) {
      throw Invalid.request("The header " + name + " was sent more than once.");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** The query as it was sent; empty for none. */
  public String rawQuery() {
    return rawQuery == null ? "" : rawQuery;
  }

  /** The query's parameters, of which only the named ones may occur. */
  public Query query(Set<String> allowed) {
    return Query.parse(rawQuery(), allowed);
  }

  /** The body's bytes; none when there is no body. */
  public byte[] body() {
    return body.clone();
  }

  /** The body as a record of type {@code type}, read strictly; an empty body is an empty object. */
  public <T> T json(Class<T> type) {
    return Json.read(body, type);
  }

  @Override
  public String toString() {
    return method + " " + path + " [" + id + "]";
  }
}
