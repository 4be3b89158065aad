package dev.keyway.demo.web;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as the gateway says in its {@code Keyway-*} headers; a sample believes nothing
 * else.
 */
public record Caller(
    @Nullable String keyId,
    @Nullable String accountId,
    @Nullable String workspaceId,
    @Nullable String resourceId,
    @Nullable String requestId) {

  private static final String ACCOUNT = "Keyway-Account-Id";
  private static final String WORKSPACE = "Keyway-Workspace-Id";
  private static final String RESOURCE = "Keyway-Resource-Id";

  /** Reads the identity from a request's headers, given a look-up by name. */
  public static Caller of(Function<String, @Nullable String> header) {
    return new Caller(
        header.apply("Keyway-Key-Id"),
        header.apply(ACCOUNT),
        header.apply(WORKSPACE),
        header.apply(RESOURCE),
        header.apply("Keyway-Request-Id"));
  }

  /** The account; a request without one is refused. */
  public String account() {
    return required(accountId, ACCOUNT);
  }

  /** The workspace; a request without one is refused. */
  public String workspace() {
    return required(workspaceId, WORKSPACE);
  }

  /** The resource; a request without one is refused. */
  public String resource() {
    return required(resourceId, RESOURCE);
  }

  private static String required(@Nullable String value, String header) {
    if (value == null || value.isBlank()) {
      throw Refusal.identityRequired(header);
    }
    return value;
  }
}
