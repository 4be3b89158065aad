package dev.keyway.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What Keyway is told of a request: its method, its target and the fields that a decision needs.
 * The target and the fields may hold a key, so {@code toString} shows the method only.
 */
public final class ForwardedRequest {
  private static final Set<String> FIELDS =
      Set.of(
          "authorization",
          "x-api-key",
          "origin",
          "access-control-request-method",
          "access-control-request-headers",
          "user-agent",
          "x-forwarded-for");

  /** The gateway's bound on a request line. */
  private static final int MAX_TARGET = 8 * 1024;

  /** Below the 16 KiB of fields that Keyway reads, with room for those that are added. */
  private static final int MAX_FIELDS = 14 * 1024;

  private final String method;
  private final String target;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private int length;

  private ForwardedRequest(String method, String target) {
    this.method = method;
    this.target = target;
    this.length = target.length();
  }

  /**
   * Begins with a method and a target.
   *
   * @param target path and query as they came, such as {@code /v1/machines?page=2}
   */
  public static ForwardedRequest of(String method, String target) {
    return new ForwardedRequest(method, target);
  }

  /** Whether Keyway needs a field of this name. */
  public static boolean needs(String name) {
    return FIELDS.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Adds a field, each line of it once, in their order; fields that no decision needs are left out.
   */
  public ForwardedRequest with(String name, String value) {
    if (needs(name)) {
      fields.add(Map.entry(name, visible(value)));
      length += name.length() + value.length();
    }
    return this;
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  List<Map.Entry<String, String>> fields() {
    return fields;
  }

  /** Whether a browser asks before it calls (WHATWG Fetch, CORS preflight). */
  boolean isPreflight() {
    return method.equals("OPTIONS") && has("origin") && has("access-control-request-method");
  }

  boolean isTooLong() {
    return target.length() > MAX_TARGET || length > MAX_FIELDS;
  }

  /** Whether both parts can stand in a field of ours as they came (RFC 9112, 3). */
  boolean isWellFormed() {
    return !method.isEmpty()
        && method.chars().allMatch(c -> c > ' ' && c < 0x7f)
        && target.startsWith("/")
        && target.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
  }

  private boolean has(String name) {
    return fields.stream().anyMatch(field -> field.getKey().equalsIgnoreCase(name));
  }

  /** No key and no origin holds such characters, so that a question mark spoils nothing. */
  private static String visible(String value) {
    StringBuilder text = new StringBuilder(value.length());
    value.chars().forEach(c -> text.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
    return text.toString();
  }

  @Override
  public String toString() {
    return "ForwardedRequest[" + method + "]";
  }
}
