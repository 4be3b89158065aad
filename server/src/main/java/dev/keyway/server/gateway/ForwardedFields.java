package dev.keyway.server.gateway;

import dev.keyway.server.door.Call;
import dev.keyway.server.door.Names;
import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.MultiMap;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What Keyway tells an upstream about a request, in headers that nobody else can set. */
final class ForwardedFields {
  private ForwardedFields() {}

  /**
   * Says where the request came from and which address it was sent to. The address is the
   * configured one: upstreams build links from it, and a client must not choose where they lead.
   */
  static void setOrigin(MultiMap headers, Call call, URI publicUrl, @Nullable String ownHost) {
    headers.set(Names.REQUEST_ID, call.id());
    headers.set(Names.FORWARDED_FOR, call.client().text());
    headers.set(
        Names.FORWARDED_HOST,
        ownHost == null ? publicUrl.getRawAuthority() : authority(ownHost, publicUrl));
    headers.set(Names.FORWARDED_PROTO, publicUrl.getScheme());
  }

  /** A product's own host stands at the same port as the others. */
  private static String authority(String ownHost, URI publicUrl) {
    return publicUrl.getPort() < 0 ? ownHost : ownHost + ':' + publicUrl.getPort();
  }

  /** Names the upstream's own session (MCP). */
  static void setSession(MultiMap headers, @Nullable String session) {
    if (session != null) {
      headers.set(McpSessionIds.HEADER, session);
    }
  }
}
