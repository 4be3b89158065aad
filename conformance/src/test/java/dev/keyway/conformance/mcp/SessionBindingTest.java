package dev.keyway.conformance.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.WireMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MCP session ids are bound to keys: the contract's {@code <upstream's>.<HMAC>} and its 404s. */
@DisplayName("Contract: MCP sessions")
final class SessionBindingTest {

  private static final String UPSTREAMS_ID = "session-of-the-upstream.1";

  private final Bench bench = Bench.shared();
  private final Door door = bench.door();
  private final NewKey key = bench.key("echo");
  private final String path = Bench.unique("/mcp");

  @BeforeEach
  void answerWithASession() {
    bench
        .upstream()
        .on(
            path,
            (_, wire) ->
                wire.respond(
                    200,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                    "Mcp-Session-Id: " + UPSTREAMS_ID));
  }

  @Test
  void sessionId_thatTheClientSees_isTaggedAndTheUpstreamsIsNot() {
    String session = initialize();
    assertThat(session)
        .startsWith(UPSTREAMS_ID + ".")
        .hasSizeGreaterThan(UPSTREAMS_ID.length() + 16);
    bench.upstream().next(path);
    message(key, session).expect(200);
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.headers("Mcp-Session-Id")).containsExactly(UPSTREAMS_ID);
  }

  @Test
  void sessionId_withAnotherKey_isNotFound() {
    String session = initialize();
    bench.upstream().next(path);
    message(bench.key("echo"), session).expect(404);
    assertThat(bench.upstream().waiting(path)).isZero();
  }

  @Test
  void sessionId_withoutOrWithAWrongTag_isNotFound() {
    String session = initialize();
    bench.upstream().next(path);
    message(key, UPSTREAMS_ID).expect(404);
    message(key, session.substring(0, session.length() - 1)).expect(404);
    message(key, "other" + session).expect(404);
    message(key, "").expect(404);
    assertThat(bench.upstream().waiting(path)).isZero();
  }

  @Test
  void sessionId_ofTheSameKey_isTheSameAgain() {
    assertThat(initialize()).isEqualTo(initialize());
  }

  @Test
  void everyRequest_isAuthenticated_theFirstOneToo() {
    door.initialize("/echo" + path).problem(401, "missing_key");
    String session = initialize();
    door.message("/echo" + path, Door.INITIALIZE, "Mcp-Session-Id", session)
        .problem(401, "missing_key");
  }

  private String initialize() {
    Answer answer = door.initialize("/echo" + path, "Authorization", key.bearer()).expect(200);
    return answer.header("mcp-session-id").orElseThrow();
  }

  private Answer message(NewKey as, String session) {
    return door.message(
        "/echo" + path, Door.INITIALIZE, "Authorization", as.bearer(), "Mcp-Session-Id", session);
  }
}
