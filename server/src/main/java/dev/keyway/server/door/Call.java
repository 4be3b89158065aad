package dev.keyway.server.door;

import dev.keyway.core.ClientAddress;
import dev.keyway.server.http.Framing;
import dev.keyway.server.http.LastAnswer;
import dev.keyway.server.http.RequestIds;
import dev.keyway.server.http.Wishes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** A request with what every answer to it needs. */
public final class Call {
  private static final long MAX_DISCARDED_BYTES = 64 * 1024;

  private final HttpServerRequest request;
  private final ClientAddress client;
  private final String id = RequestIds.next();
  private Cors cors = Cors.NONE;
  private @Nullable AnswerCounters answers;
  private boolean paused;
  private boolean last;
  private long discardedBytes;

  public Call(HttpServerRequest request, ClientAddress client) {
    this.request = request;
    this.client = client;
  }

  public HttpServerRequest request() {
    return request;
  }

  /** Under which answers, upstreams and logs know the request. */
  public String id() {
    return id;
  }

  public Cors cors() {
    return cors;
  }

  /** Says which product's rules for browsers hold; none do before. */
  public void enter(Door door) {
    cors = door.cors();
    answers = door.answers();
  }

  /** Where its answer is counted; null while its product is not known. */
  public @Nullable AnswerCounters answers() {
    return answers;
  }

  /** Counts an answer that is no refusal. */
  public void countPassed(int status) {
    if (answers != null) {
      answers.passed(status);
    }
  }

  /** Keeps the body back, if there is one, until it is known where it may go. */
  public void holdBody() {
    if (hasBody()) {
      request.pause();
      paused = true;
    }
  }

  /**
   * Reads and drops what is left of the body, if it is short, so that the connection can be used
   * again. Of a long one the rest is left unread until {@link
   * dev.keyway.server.http.ClientConnections} ends the connection; by then the client has had time
   * to read the answer.
   */
  public void discardBody() {
    if (paused && !request.isEnded()) {
      paused = false;
      request.handler(this::discard);
      request.resume();
    }
  }

  /**
   * Ends the answer, whose head is set, and leaves behind what nobody asked for of a body.
   *
   * @param body null for none
   */
  public void end(@Nullable Buffer body) {
    if (expectsContinue()) {
      // Nobody can tell whether a body that waits for a word will still come.
      makeLast();
    }
    HttpServerResponse response = request.response();
    Future<Void> sent = body == null ? response.end() : response.end(body);
    if (last) {
      sent.onComplete(_ -> request.connection().close());
    } else {
      discardBody();
    }
  }

  /** Makes its answer the last one on its connection; whoever calls this has to close that. */
  public void makeLast() {
    last = true;
    LastAnswer.promise(request);
  }

  /** Whether the connection is to be closed behind the answer. */
  public boolean isLast() {
    return last;
  }

  public boolean isHead() {
    return HttpMethod.HEAD.equals(request.method());
  }

  /** Whether a body follows the head. */
  public boolean hasBody() {
    return Framing.hasBody(request);
  }

  /** Whether the method means to send a body, so that even an empty one has a length. */
  public boolean announcesBody() {
    HttpMethod method = request.method();
    return HttpMethod.POST.equals(method)
        || HttpMethod.PUT.equals(method)
        || HttpMethod.PATCH.equals(method);
  }

  /** Whether the client waits for a word before it sends the body. */
  public boolean expectsContinue() {
    return Wishes.expectsContinue(request);
  }

  /** Whether the client wants to go on as a WebSocket. */
  public boolean isWebSocket() {
    return Wishes.isWebSocket(request);
  }

  /** Whether it can be sent once more, and that changes nothing (RFC 9110, 9.2.2). */
  public boolean isRepeatable() {
    HttpMethod method = request.method();
    return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
        && !hasBody()
        && !isWebSocket();
  }

  /** Where the client is in the network. */
  public ClientAddress client() {
    return client;
  }

  private void discard(Buffer chunk) {
    discardedBytes += chunk.length();
    if (discardedBytes > MAX_DISCARDED_BYTES) {
      request.pause();
    }
  }
}
