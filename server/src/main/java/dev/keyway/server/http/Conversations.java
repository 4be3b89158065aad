package dev.keyway.server.http;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.RefusedException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What happens on the event loop between a request's head and its answer: find the endpoint, take
 * in the body within its bounds, hand both to a virtual thread, send what comes back.
 */
final class Conversations {
  private static final long LINGER_MILLIS = 1_000;
  private static final int NOT_MODIFIED = 304;

  private final Vertx vertx;
  private final ClientConnections clients;
  private final Common common;

  Conversations(Vertx vertx, ClientConnections clients, Common common) {
    this.vertx = vertx;
    this.clients = clients;
    this.common = common;
  }

  void begin(HttpServerRequest http) {
    if (LastAnswer.drops(http)) {
      return;
    }
    ClientAddress client = clients.begin(http);
    if (!http.response().writeQueueFull()) {
      begin(http, client);
      return;
    }
    http.pause();
    clients.hold(
        http,
        () -> {
          begin(http, client);
          http.resume();
        });
  }

  private void begin(HttpServerRequest http, ClientAddress client) {
    String id = RequestIds.next();
    // A client that goes away is no event: whatever was being done is done.
    http.exceptionHandler(_ -> {});
    http.response().exceptionHandler(_ -> {});
    try {
      requireClear(http);
      Routes.Match.Found found = find(http);
      checkDeclaredLength(http, found.endpoint());
      takeBody(http, found, client, id);
    } catch (RuntimeException refused) {
      refuse(http, id, refused);
    }
  }

  /** Answers what Netty could not read as a request. */
  void refuseInvalid(HttpServerRequest http) {
    if (LastAnswer.drops(http)) {
      return;
    }
    Throwable cause = http.decoderResult().cause();
    boolean isTooLong =
        cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
    clients.begin(http);
    refuse(
        http,
        RequestIds.next(),
        isTooLong
            ? new ProblemException(
                ProblemCode.TOO_LARGE, "The request line or the headers are too long.")
            : RefusedException.Invalid.request("The request is not well-formed HTTP/1.1."));
  }

  /** Refuses what others may read as another request. */
  private static void requireClear(HttpServerRequest http) {
    if (!Framing.isClear(http)) {
      throw RefusedException.Invalid.request("The request is not well-formed HTTP/1.1.");
    }
    String target = http.uri();
    if (!target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
      throw RefusedException.Invalid.request(
          "The request's target must be a path in visible ASCII characters.");
    }
  }

  private Routes.Match.Found find(HttpServerRequest http) {
    return switch (common
        .routes()
        .find(http.method().name(), path(http), http.headers().getAll(HttpHeaders.ACCEPT))) {
      case Routes.Match.Found found when isVisible(found.endpoint().access(), http) -> found;
      case Routes.Match.WrongMethod wrong when isVisible(wrong.access(), http) ->
          throw new ProblemException(
              ProblemCode.METHOD_NOT_ALLOWED,
              "Here only " + String.join(", ", wrong.allowed()) + " can be called.",
              Map.of("Allow", String.join(", ", wrong.allowed())));
      default -> throw new RefusedException.NotFound("This path");
    };
  }

  private boolean isVisible(Endpoint.Access access, HttpServerRequest http) {
    return access != Endpoint.Access.INTERNAL || clients.isInternal(http);
  }

  private static void checkDeclaredLength(HttpServerRequest http, Endpoint endpoint) {
    String declared = http.getHeader("Content-Length");
    // Netty has checked that it is a number; one beyond nine digits is too large in any case.
    if (declared != null
        && (declared.length() > 9 || Integer.parseInt(declared) > endpoint.bodyLimitBytes())) {
      throw tooLarge(endpoint);
    }
    if (Wishes.expectsContinue(http)) {
      http.response().writeContinue();
    }
  }

  private void takeBody(
      HttpServerRequest http, Routes.Match.Found found, ClientAddress client, String id) {
    Buffer body = Buffer.buffer();
    BodyBudget.Claim claim = common.bodies().open(client.bucket());
    long timer =
        vertx.setTimer(
            common.config().bodyPatience().toMillis(),
            _ ->
                refuse(
                    http,
                    id,
                    RefusedException.Invalid.request("The body did not arrive in time.")));
    // A refusal's end, and the client's: a body that nobody handles is dropped with either.
    Runnable drop =
        () -> {
          vertx.cancelTimer(timer);
          claim.release();
        };
    http.response().closeHandler(_ -> drop.run()).endHandler(_ -> drop.run());
    http.handler(chunk -> {
      if (http.response().ended()) {
        return;
      }
      if (body.length() + chunk.length() > found.endpoint().bodyLimitBytes()) {
        refuse(http, id, tooLarge(found.endpoint()));
      } else if (claim.grow(chunk.length())) {
        body.appendBuffer(chunk);
      } else {
        refuse(http, id, tooManyBodies());
      }
    });
    http.endHandler(_ -> {
      vertx.cancelTimer(timer);
      if (!http.response().ended()) {
        hand(http, found, body, claim, client, id);
      }
    });
  }

  private void hand(
      HttpServerRequest http,
      Routes.Match.Found found,
      Buffer body,
      BodyBudget.Claim claim,
      ClientAddress client,
      String id) {
    if (body.length() > 0) {
      try {
        BodyForm.require(http.headers(), body.getBytes());
      } catch (ProblemException | RefusedException refused) {
        refuse(http, id, refused);
        return;
      }
    }
    var request =
        new Request(
            found.endpoint().method(),
            path(http),
            http.query(),
            headers(http),
            body.getBytes(),
            client,
            id,
            found.parameters());
    Context context = vertx.getOrCreateContext();
    // In memory until it has been handled, whether the client waits for that or not.
    BodyBudget.Claim handled = claim.handOver();
    common
        .threads()
        .answer(
            found.endpoint(),
            request,
            handled::release,
            response -> context.runOnContext(_ -> send(http, id, response)));
  }

  private void refuse(HttpServerRequest http, String id, RuntimeException reason) {
    if (http.response().ended()) {
      return;
    }
    Response response = common.answers().of(reason, "request", id);
    common.observer().answered("none", response.status());
    if (http.isEnded()) {
      send(http, id, response);
      return;
    }
    LastAnswer.promise(http);
    send(http, id, response);
    closeLater(http);
  }

  /**
   * Reads on for a moment and throws away: closed with bytes unread, the connection would be reset,
   * and a client that is still sending would never see the answer.
   */
  private void closeLater(HttpServerRequest http) {
    http.handler(_ -> {});
    http.endHandler(_ -> http.connection().close());
    vertx.setTimer(LINGER_MILLIS, _ -> http.connection().close());
  }

  private void send(HttpServerRequest http, String id, Response response) {
    HttpServerResponse out = http.response();
    if (out.ended() || out.closed()) {
      return;
    }
    out.setStatusCode(response.status()).putHeader(RequestIds.HEADER, id);
    SecurityHeaders.of(path(http), common.publicUrl().get()).forEach(out::putHeader);
    response.headers().forEach(out::putHeader);
    if (!response.mediaType().isEmpty()) {
      out.putHeader("Content-Type", response.mediaType());
    }
    SharedBody shared = response.shared();
    if (response.status() == NOT_MODIFIED) {
      // Without a length: that would be the one of the answer which the client has (RFC 9110, 8.6).
      out.end();
    } else if (http.method().equals(HttpMethod.HEAD)) {
      out.putHeader("Content-Length", String.valueOf(response.body().length)).end();
    } else if (response.isSecret()) {
      SecretBody.sendTo(out, response.body());
    } else if (shared != null) {
      out.end(shared.buffer());
    } else {
      out.end(Buffer.buffer(response.body()));
    }
  }

  private static ProblemException tooManyBodies() {
    return new ProblemException(
        ProblemCode.UNAVAILABLE,
        "Too many bodies are under way; repeat this call in a moment.",
        Map.of("Retry-After", "1"));
  }

  private static ProblemException tooLarge(Endpoint endpoint) {
    return new ProblemException(
        ProblemCode.TOO_LARGE,
        endpoint.bodyLimitBytes() == 0
            ? "This call takes no body."
            : "A body may have at most " + endpoint.bodyLimitBytes() + " bytes.");
  }

  private static Map<String, List<String>> headers(HttpServerRequest http) {
    Map<String, List<String>> headers = new HashMap<>();
    http.headers()
        .forEach(entry ->
            headers
                .computeIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(entry.getValue()));
    return headers;
  }

  private static String path(HttpServerRequest http) {
    String path = http.path();
    return path == null ? "" : path;
  }

  /**
   * What the conversations of all event loops share.
   *
   * @param observer is told of each answer
   */
  record Common(
      ListenerConfig config,
      Routes routes,
      VirtualThreads threads,
      Answers answers,
      CallObserver observer,
      Supplier<String> publicUrl,
      BodyBudget bodies) {}
}
