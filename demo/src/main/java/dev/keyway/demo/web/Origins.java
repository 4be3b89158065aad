package dev.keyway.demo.web;

import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import java.util.List;

/**
 * The origins whose pages may call a sample: this machine's own (MCP 2026-07-28, Streamable HTTP,
 * Security and Endpoint). A request without an {@code Origin} comes from no page and passes.
 */
public final class Origins {

  private static final ServerHttpHeaderValidator LOOPBACK =
      DefaultServerTransportSecurityValidator.builder()
          .allowedOrigins(List.of("http://127.0.0.1:*", "http://localhost:*"))
          .build();

  private Origins() {}

  /** The rule in the form that the SDK's transport takes. */
  public static ServerHttpHeaderValidator loopback() {
    return LOOPBACK;
  }

  /** Whether requests with these {@code Origin} fields may pass. */
  public static boolean allows(List<String> origins) {
    try {
      LOOPBACK.validate(new OriginFields(origins));
      return true;
    } catch (ServerTransportSecurityException e) {
      return false;
    }
  }

  private record OriginFields(List<String> values) implements HeaderAccessor {

    @Override
    public List<String> getHeader(String name) {
      return name.equalsIgnoreCase("Origin") ? values : List.of();
    }

    @Override
    public List<String> getHeaderNames() {
      return values.isEmpty() ? List.of() : List.of("Origin");
    }
  }
}
