package dev.keyway.conformance.harness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An MCP session of 2025-11-25 with its GET stream open, over a plain connection that shows when it
 * is cut.
 */
public final class OpenStream implements AutoCloseable {

  private static final String VERSION = "2025-11-25";

  private final RawConnection connection;
  private final String sessionId;

  private OpenStream(RawConnection connection, String sessionId) {
    this.connection = connection;
    this.sessionId = sessionId;
  }

  /** Opens a session with the key as bearer and listens on it. */
  public static OpenStream open(Door door, String target, NewKey key) {
    return open(door, target, "Authorization", key.bearer());
  }

  /** Opens a session with the given credential field and listens on it. */
  public static OpenStream open(Door door, String target, String credential, String value) {
    Answer initialized = door.initialize(target, credential, value).expect(200);
    String session =
        initialized.header("mcp-session-id").orElseThrow(() -> new AssertionError("no session id"));
    String done = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    door.message(
            target,
            done,
            credential,
            value,
            "Mcp-Session-Id",
            session,
            "MCP-Protocol-Version",
            VERSION)
        .expect(202);
    RawConnection connection = door.connect();
    connection.send(
        "GET " + target + " HTTP/1.1",
        credential + ": " + value,
        "Accept: text/event-stream",
        "Mcp-Session-Id: " + session,
        "MCP-Protocol-Version: " + VERSION);
    assertThat(connection.head().status()).as("the GET stream of %s", target).isEqualTo(200);
    return new OpenStream(connection, session);
  }

  /** The session id as the client sees it. */
  public String sessionId() {
    return sessionId;
  }

  /** True when the stream ends or breaks now. */
  public boolean isCut() {
    return connection.isCut();
  }

  @Override
  public void close() {
    connection.close();
  }
}
