package dev.keyway.demo.modern;

import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Origins;
import dev.keyway.demo.web.Refusal;
import dev.keyway.demo.web.Reply;
import dev.keyway.demo.web.ReplyingHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The Streamable HTTP transport of revision 2026-07-28 at {@code /mcp}: POST only, no session, each
 * request by itself. Sessions ids and {@code Last-Event-ID} of older clients are not even read.
 */
public final class ModernHandler extends ReplyingHandler {

  private static final String PATH = "/mcp";

  private final ModernMethods methods;

  public ModernHandler(InstantSource clock) {
    this.methods = new ModernMethods(clock);
  }

  /** Ends all subscriptions with their final result; to be called before the server stops. */
  public void endSubscriptions() throws InterruptedException {
    methods.endSubscriptions();
  }

  @Override
  protected Reply reply(Request request) throws IOException {
    if (!Request.getPathInContext(request).equals(PATH)) {
      throw Refusal.notFound("The MCP endpoint is " + PATH + ".");
    }
    if (!request.getMethod().equals("POST")) {
      throw Refusal.methodNotAllowed(Set.of("POST"));
    }
    if (!Origins.allows(request.getHeaders().getValuesList("Origin"))) {
      throw Refusal.of(403, "origin_not_allowed", "Pages of this origin may not call this server.");
    }
    try {
      checkMediaTypes(request);
      return answer(request, Json.object(body(request)).orElseThrow(RpcError::parseError));
    } catch (RpcError error) {
      return error.reply(null);
    }
  }

  private Reply answer(Request http, Map<String, @Nullable Object> message) {
    try {
      RpcRequest request = RpcRequest.of(message);
      if (request.isNotification()) {
        return Reply.empty(202);
      }
      RequestMetadata metadata = new RequestMetadata(request, http.getHeaders());
      metadata.check();
      return methods.answer(request, metadata, http);
    } catch (RpcError error) {
      return error.reply(RpcRequest.id(message));
    }
  }

  private static void checkMediaTypes(Request request) {
    if (!hasMediaType(request, "application/json")) {
      throw RpcError.invalidRequest(415, "Content-Type must be application/json");
    }
    List<String> accepted =
        request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).stream()
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .toList();
    if (!accepted.contains("application/json") || !accepted.contains("text/event-stream")) {
      throw RpcError.invalidRequest(406, "Accept must list application/json and text/event-stream");
    }
  }
}
