package dev.keyway.server.portal;

import dev.keyway.server.http.Handler;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code GET /v1/mcp-clients}: how each MCP client is given a server and its key, as the file {@code
 * connect/clients.json} says it. There is nothing of the installation in it.
 */
public final class ListMcpClientsHandler implements Handler {
  private static final String CLIENTS = "clients.json";

  private final PortalFile clients;

  /** Reads the file that the server was packed with. */
  public ListMcpClientsHandler() {
    this.clients = PortalFile.of(CLIENTS, packed("/keyway/connect/" + CLIENTS), null);
  }

  @Override
  public Response handle(Request request) {
    return clients.answer(request);
  }

  private static byte[] packed(String path) {
    try (InputStream stream = ListMcpClientsHandler.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IOException("the server was packed without " + path);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
