package dev.keyway.server.portal;

import dev.keyway.server.http.Handler;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /v1/mcp-clients}: how each MCP client is given an address and a key, as packed. */
public final class GetMcpClientsHandler implements Handler {
  private static final String CLIENTS = "/keyway/connect/clients.json";

  private final PortalFile clients;

  /** The handler of the file that the server was packed with. */
  public GetMcpClientsHandler() {
    try (InputStream file = GetMcpClientsHandler.class.getResourceAsStream(CLIENTS)) {
      if (file == null) {
        throw new IOException("the server was packed without " + CLIENTS);
      }
      this.clients = PortalFile.of("clients.json", file.readAllBytes(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Response handle(Request request) {
    return clients.answer(request);
  }
}
