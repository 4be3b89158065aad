package dev.keyway.demo.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where server-sent events go, each written to the network before the call returns (WHATWG HTML,
 * 9.2). A call throws {@link IOException} once the client is known to be gone.
 */
public final class EventSink {

  private final OutputStream out;

  EventSink(OutputStream out) {
    this.out = out;
  }

  /** Sends one event of type {@code message}; the data must be a single line, as JSON text is. */
  public void message(String data) throws IOException {
    write("event: message\ndata: " + data + "\n\n");
  }

  /** Sends one event with an id, of the default type. */
  public void numbered(long id, String data) throws IOException {
    write("id: " + id + "\ndata: " + data + "\n\n");
  }

  /** Sends a comment line: clients ignore it, and a lost connection shows. */
  public void keepAlive() throws IOException {
    write(":\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
