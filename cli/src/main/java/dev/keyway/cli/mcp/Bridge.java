package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.CliException;
import dev.keyway.cli.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries MCP messages between a client that starts a program (stdio transport) and a server that
 * is called by HTTP. It knows both eras: with sessions (to 2025-11-25), and without (2026-07-28).
 * Every request gets an answer, if only that there is none.
 */
final class Bridge {
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** How often an answer that broke off is taken up again. */
  private static final int RESUMPTIONS = 3;

  private static final int NOT_FOUND = 404;

  /** These will be no different the next time. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 401, 403, NOT_FOUND, 405);

  private final Terminal terminal;
  private final Supplier<McpServer> server;
  private final Messages messages;
  private final Duration patience;
  private final Phaser open = new Phaser(1);
  private final AtomicBoolean isListening = new AtomicBoolean();

  /** What comes later in the input has to find these done. */
  private CompletableFuture<?> earlier = CompletableFuture.completedFuture(null);

  private volatile @Nullable String initialize;
  private volatile @Nullable String initialized;
  private volatile boolean isOver;

  /**
   * A bridge that was not asked for anything yet.
   *
   * @param server asked until it answers; throws {@link CliException}
   * @param patience how long what was asked before the input ended may still be answered
   */
  Bridge(Terminal terminal, Supplier<McpServer> server, Duration patience) {
    this.terminal = terminal;
    this.server = server;
    this.messages = new Messages(terminal.out());
    this.patience = patience;
  }

  /** Runs until the client closes its end. */
  void run() throws IOException {
    var lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        take(line);
      }
    }
    finish();
  }

  /**
   * Never waits, so that a call that hangs can still be cancelled, and the end of input is seen.
   */
  private void take(String line) {
    JsonNode message = Messages.read(line);
    if (message.isMissingNode()) {
      terminal.say("keyway: a line of the client is no JSON");
      messages.failUnreadable();
      return;
    }
    String method = message.path("method").asText();
    boolean isOrdered = method.equals("initialize") || Messages.requests(message).isEmpty();
    if (method.equals("initialize")) {
      initialize = line;
    } else if (method.equals("notifications/initialized")) {
      initialized = line;
    }
    open.register();
    CompletableFuture<?> done =
        earlier
            .thenRunAsync(() -> send(line, message), Thread::startVirtualThread)
            .whenComplete((_, _) -> open.arriveAndDeregister());
    earlier = isOrdered ? done.exceptionally(_ -> null) : earlier;
  }

  private void send(String line, JsonNode message) {
    var pending = new Pending(message);
    try {
      McpServer to = server.get();
      String session = to.session();
      boolean isDone =
          exchange(to, line, message, pending)
              || (renew(to, session) && exchange(to, line, message, pending));
      if (message.path("method").asText().equals("notifications/initialized")) {
        listen(to);
      }
      refuse(
          pending,
          isDone
              ? "the server has ended without an answer"
              : "the server has ended the session; start the client again");
    } catch (IOException | RuntimeException e) {
      // Of a bug's words nobody knows what they quote.
      boolean isPlain = e instanceof CliException || e instanceof IOException;
      refuse(pending, isPlain ? String.valueOf(e.getMessage()) : e.getClass().getSimpleName());
    }
  }

  /** False when the server has forgotten the session, and nothing was done. */
  private boolean exchange(McpServer to, String line, JsonNode message, Pending pending)
      throws IOException {
    String session = to.session();
    HttpResponse<InputStream> response = to.post(line, message);
    try (InputStream body = response.body()) {
      if (response.statusCode() == NOT_FOUND && session != null) {
        return false;
      }
      receive(to, response, body, pending);
    }
    return true;
  }

  private void receive(
      McpServer to, HttpResponse<InputStream> response, InputStream body, Pending pending)
      throws IOException {
    if (response.statusCode() >= 300) {
      refused(response, text(body), pending);
      return;
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith("text/event-stream")) {
      stream(to, body, pending);
      return;
    }
    String text = text(body);
    if (!text.isBlank()) {
      deliver(to, text, pending);
    }
  }

  /** A stream may break off, and be taken up again where it did. */
  private void stream(McpServer to, InputStream body, Pending pending) throws IOException {
    var stream = new EventStream(text -> deliver(to, text, pending));
    try {
      stream.read(body);
    } catch (IOException e) {
      terminal.say("keyway: a stream of the server broke off");
    }
    for (int i = 0; i < RESUMPTIONS && !pending.open().isEmpty() && stream.lastId() != null; i++) {
      rest();
      HttpResponse<InputStream> response = to.listen(stream.lastId());
      try (InputStream more = response.body()) {
        if (response.statusCode() != 200) {
          return;
        }
        stream.read(more);
      }
    }
  }

  private void deliver(McpServer to, String text, Pending pending) {
    JsonNode message = Messages.read(text);
    if (!Messages.isRpc(message)) {
      // On standard output there is nothing but messages.
      terminal.say("keyway: the server has sent something that is no MCP message");
      return;
    }
    to.learn(message);
    pending.see(message);
    messages.pass(text);
  }

  private static String text(InputStream body) throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A server's own error goes on as it is; a refusal on the way is told in its words. */
  private void refused(HttpResponse<?> response, String text, Pending pending) {
    JsonNode problem = Messages.read(text);
    if (problem.has("jsonrpc") && pending.open().size() == 1) {
      JsonNode request = pending.open().getFirst();
      messages.passError(request, problem);
      pending.see(problem);
      return;
    }
    String title = problem.path("title").asText("the server answered " + response.statusCode());
    String detail = problem.path("detail").asText("");
    String code = problem.path("code").asText("");
    refuse(
        pending,
        title + (detail.isEmpty() ? "" : " " + detail) + (code.isEmpty() ? "" : " (" + code + ")"));
  }

  private static JsonNode answered(JsonNode request) {
    return Messages.read("{\"id\":" + request.path("id") + ",\"error\":{}}");
  }

  private void refuse(Pending pending, String why) {
    pending
        .open()
        .forEach(request -> {
          messages.fail(request, why);
          pending.see(answered(request));
        });
  }

  /**
   * Begins a new session, as a client has to when the server has forgotten the old one; the client
   * at the other end cannot know.
   */
  private synchronized boolean renew(McpServer to, @Nullable String forgotten) throws IOException {
    String first = initialize;
    if (first == null) {
      return false;
    }
    if (!String.valueOf(forgotten).equals(String.valueOf(to.session()))) {
      // Another request was faster.
      return true;
    }
    to.forget();
    if (!isTaken(to, first)) {
      return false;
    }
    return initialized == null || isTaken(to, initialized);
  }

  /** Sends a message whose answer is not for the client. */
  private static boolean isTaken(McpServer to, String line) throws IOException {
    HttpResponse<InputStream> response = to.post(line, Messages.read(line));
    try (InputStream body = response.body()) {
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (type.startsWith("text/event-stream")) {
        new EventStream(text -> to.learn(Messages.read(text))).read(body);
      } else {
        to.learn(Messages.read(text(body)));
      }
    }
    return response.statusCode() < 300;
  }

  /** What a server says unasked; one that says nothing so answers 405. */
  private void listen(McpServer to) {
    if (isListening.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> {
        var nobody = new Pending(Messages.read("[]"));
        var stream = new EventStream(text -> deliver(to, text, nobody));
        while (!isOver && isHeard(to, stream)) {
          rest();
        }
      });
    }
  }

  private static boolean isHeard(McpServer to, EventStream stream) {
    try {
      HttpResponse<InputStream> response = to.listen(stream.lastId());
      try (InputStream body = response.body()) {
        if (response.statusCode() == 200) {
          stream.read(body);
        }
      }
      return !FOR_GOOD.contains(response.statusCode());
    } catch (CliException | IOException e) {
      // It broke off on the way, and is opened again.
      return true;
    }
  }

  private static void rest() {
    try {
      Thread.sleep(AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish() {
    try {
      open.awaitAdvanceInterruptibly(open.arrive(), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      terminal.say("keyway: the server has not answered everything");
    }
    isOver = true;
    try {
      server.get().end();
    } catch (CliException e) {
      // The server ends a session by itself in its time.
    }
  }
}
