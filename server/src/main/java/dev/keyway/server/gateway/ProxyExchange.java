package dev.keyway.server.gateway;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.Exchange;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.door.Call;
import dev.keyway.server.door.CredentialReader;
import dev.keyway.server.door.DoorRoute;
import dev.keyway.server.door.KeyFields;
import dev.keyway.server.door.LimitFields;
import dev.keyway.server.door.Names;
import dev.keyway.server.door.Refusal;
import dev.keyway.server.door.Routing;
import dev.keyway.server.http.Aborts;
import io.vertx.core.MultiMap;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One admitted request and its answer, from the connection to the upstream to the last byte to the
 * client. It lives on one event loop; only {@link #cut} may come from elsewhere.
 *
 * <p>It is over exactly once: when the answer has been handed to the operating system, when one of
 * the two sides is gone, when the upstream fails, or when it is cut. After that nothing passes.
 */
final class ProxyExchange implements Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyExchange.class);
  private static final long NEVER = Long.MAX_VALUE;

  /** Final answers begin here (RFC 9110, 15), and a status has three digits (RFC 9112, 4). */
  private static final int FIRST_FINAL = 200;

  private static final int LAST_STATUS = 999;

  private final Loop loop;
  private final Call call;
  private final DoorRoute route;
  private final CredentialReader reader;
  private final UpstreamTarget upstream;
  private final String target;
  private final @Nullable String ownHost;
  private final VerifiableKey key;
  private final @Nullable LimitState limit;
  private final @Nullable String session;

  // Not the exchange itself: an idle connection would keep the last request in memory.
  private final Object ownership = new Object();
  private final Deadlines.Wait wait = new Deadlines.Wait(this);
  private volatile boolean cut;
  private boolean left;
  private boolean over;
  private boolean retried;
  private boolean isClosing;
  private boolean isAnswered;
  private @Nullable Stall stall;
  private long stalledMillis;
  private long askedNanos;
  private @Nullable String identity;
  private @Nullable HttpClientRequest out;
  private @Nullable Upload upload;

  ProxyExchange(
      Loop loop,
      Call call,
      Routing.Routed routed,
      UpstreamTarget upstream,
      String target,
      VerifiableKey key,
      @Nullable LimitState limit,
      @Nullable String session) {
    this.loop = loop;
    this.call = call;
    this.route = routed.route();
    this.reader = routed.entrance().door().reader();
    this.upstream = upstream;
    this.target = target;
    this.ownHost = routed.entrance().ownHost();
    this.key = key;
    this.limit = limit;
    this.session = session;
  }

  /** The machine takes its time to make one up, and each exchange is put into a map. */
  @Override
  public int hashCode() {
    return call.id().hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  void start() {
    call.request().response().closeHandler(_ -> clientGone());
    surely(this::begin);
  }

  private void begin() {
    String audience = upstream.name();
    if (route.isSigned()) {
      identity = loop.identities().ifSigned(key, audience);
    }
    if (!route.isSigned() || identity != null) {
      connect();
    } else if (!loop.elsewhere()
        .run(
            loop.context(),
            () -> loop.identities().sign(key, audience),
            this::signed,
            this::notSigned)) {
      failBusy();
    }
  }

  @Override
  public CompletionStage<?> cut() {
    // Seen at once by what runs on the loop now; the loop then makes both sides silent.
    cut = true;
    var silent = new CompletableFuture<Void>();
    loop.context()
        .runOnContext(_ -> {
          try {
            sever();
            silent.complete(null);
          } catch (Throwable e) {
            silent.completeExceptionally(e);
          }
        });
    return silent;
  }

  /** Whether a byte may pass now. Ends the exchange when the key's time is up, or the lease's. */
  boolean mayPass() {
    if (over || cut) {
      return false;
    }
    if (isExpired() || !loop.exchanges().mayGoOn()) {
      sever();
      return false;
    }
    return true;
  }

  private boolean isExpired() {
    return key.expiresAtMillis() != NEVER && loop.clock().millis() >= key.expiresAtMillis();
  }

  /** What was waited for did not come in time. */
  void endWait() {
    surely(this::timeOut);
  }

  private void timeOut() {
    if (isClosing) {
      clientGone();
    } else if (stall != null && stall.hasMoved()) {
      // A slow reader may hold its upstream's connection, one that has stopped may not.
      loop.deadlines().await(wait, Stall.PATIENCES * loop.clientPatienceMillis());
    } else if (stall != null) {
      sever();
    } else if (upload != null && upload.waitsForClient()) {
      awaitClient();
    } else if (!over) {
      abortUpstream();
      upstream.meters().timedOut();
      fail(loop.refusals().timeout);
    }
  }

  /** The upload went on, so the upstream's time for an answer begins anew. */
  void progress() {
    if (!over && !isAnswered) {
      stalledMillis = 0;
      loop.deadlines().await(wait, upstream.responseTimeoutMillis());
    }
  }

  /** The client takes no more of the answer for now. */
  void stalled() {
    if (!over) {
      stall = new Stall(call.request().connection());
      loop.deadlines().await(wait, Stall.PATIENCES * loop.clientPatienceMillis());
    }
  }

  /** It takes more again. */
  void flowing() {
    stall = null;
    loop.deadlines().forget(wait);
  }

  /** The upstream's time does not run while the client sends nothing; the client's does. */
  private void awaitClient() {
    long waitMillis = upstream.responseTimeoutMillis();
    stalledMillis += waitMillis;
    if (stalledMillis >= loop.clientPatienceMillis()) {
      sever();
    } else {
      loop.deadlines().await(wait, waitMillis);
    }
  }

  /** The upstream broke off in the middle of its answer; the client must see that. */
  void breakOff() {
    if (over) {
      return;
    }
    abortUpstream();
    // What is still queued for the client is waited for, as long as it takes any of it.
    stalled();
    over = true;
    HttpServerResponse response = call.request().response();
    MultiMap headers = response.headers();
    if (headers.contains(HttpHeaders.CONTENT_LENGTH) || response.isChunked()) {
      // What came is written first, and then misses its end; the close leads to clientGone.
      call.request().connection().close();
    } else {
      Aborts.abort(call.request().connection());
    }
  }

  /** Both bodies are through, as far as the client is concerned. */
  void complete() {
    if (call.isWebSocket() || (upload != null && !upload.isDone())) {
      // Vert.x gives a connection on only when both directions are through; an upgrade that was
      // refused, or an upload that nobody wants any more, never gets there.
      abortUpstream();
      call.discardBody();
    }
    leave();
  }

  /** The client is gone, or its connection is. */
  void clientGone() {
    if (!over) {
      abortUpstream();
    }
    leave();
  }

  /**
   * The client's side of a tunnel is closed. What it said last is still written, for as long as an
   * upstream may take, and until the exchange is cut.
   */
  void clientLeft(NetSocket tunnel) {
    if (over) {
      return;
    }
    isClosing = true;
    loop.deadlines().await(wait, upstream.responseTimeoutMillis());
    tunnel.close().onComplete(_ -> leave());
  }

  private void signed(String token) {
    identity = token;
    surely(this::connect);
  }

  private void notSigned(Throwable cause) {
    log(cause);
    if (!over) {
      fail(loop.refusals().internal);
    }
  }

  private void connect() {
    if (!mayPass()) {
      return;
    }
    var options = upstream.request(call.request().method(), target);
    loop.client()
        .request(options)
        .onComplete(request -> surely(() -> connected(request)), this::failed);
  }

  private void connected(HttpClientRequest request) {
    // Without one, Vert.x logs each connection that a stranger breaks; failed hears of them all.
    request.exceptionHandler(_ -> {});
    if (!mayPass()) {
      request.reset();
      return;
    }
    out = request;
    askedNanos = System.nanoTime();
    Connections.own(request.connection(), ownership);
    MultiMap headers = request.headers();
    upstream.headers().copy(call.request().headers(), headers, route, reader);
    KeyFields.set(headers, key);
    ForwardedFields.setOrigin(headers, call, loop.publicUrl(), ownHost);
    ForwardedFields.setSession(headers, session);
    if (identity != null) {
      headers.set(Names.IDENTITY, identity);
    }
    request.response().onComplete(in -> surely(() -> answered(in)), this::failed);
    loop.deadlines().await(wait, upstream.responseTimeoutMillis());
    if (call.isWebSocket()) {
      Tunnel.ask(request);
    } else if (call.hasBody()) {
      upload = new Upload(this, call, request);
      upload.start();
    } else {
      if (call.announcesBody()) {
        headers.set(HttpHeaders.CONTENT_LENGTH, "0");
      }
      request.end();
    }
  }

  private void answered(HttpClientResponse in) {
    if (!mayPass()) {
      return;
    }
    loop.deadlines().forget(wait);
    isAnswered = true;
    upstream.meters().firstByte(System.nanoTime() - askedNanos);
    int status = in.statusCode();
    boolean isTunnel = status == 101 && call.isWebSocket();
    if (!isTunnel && (status < FIRST_FINAL || status > LAST_STATUS)) {
      // No upgrade was asked for, or the status is none.
      abortUpstream();
      failUnavailable();
      return;
    }
    HttpServerResponse response = call.request().response();
    MultiMap headers = response.headers();
    var sessions = route.isMcp() ? loop.sessions() : null;
    ResponseHeaders.copy(in.headers(), headers, sessions, key.id().toString());
    headers.set(Names.REQUEST_ID, call.id());
    if (limit != null) {
      LimitFields.set(headers, limit);
    }
    call.cors().applyTo(headers, call.request().headers());
    call.countPassed(status);
    upstream.meters().passed();
    if (isTunnel) {
      new Tunnel(this, call, in).open();
    } else {
      new Download(this, call, in, loop.context()).start();
    }
  }

  private void failed(Throwable cause) {
    if (over || cut) {
      return;
    }
    if (mayRetry(cause)) {
      // The upstream may have closed an idle connection just as this request took it.
      retried = true;
      out = null;
      connect();
    } else if (cause instanceof ConnectionPoolTooBusyException) {
      upstream.meters().busy();
      failBusy();
    } else {
      logUnanswered(cause);
      failUnavailable();
    }
  }

  /** The client is told no more than that it failed; why is for the person on call. */
  private void logUnanswered(Throwable cause) {
    if (upstream.failures().lets()) {
      LOG.atWarn()
          .addKeyValue("request_id", call.id())
          .addKeyValue("product", key.product())
          .addKeyValue("upstream", upstream.name())
          .addKeyValue("not_logged", upstream.failures().takeSkipped())
          .log("an upstream did not answer: {}", cause.toString());
    }
  }

  /** Only what was sent whole, and asks for nothing to be changed, is sent again, and once. */
  private boolean mayRetry(Throwable cause) {
    return !retried
        && out != null
        && (cause instanceof IOException || cause instanceof HttpClosedException)
        && call.isRepeatable();
  }

  private void fail(Refusal refusal) {
    prepareRefusal();
    loop.refuser().send(call, refusal);
  }

  private void failUnavailable() {
    upstream.meters().unavailable();
    fail(loop.refusals().unavailable);
  }

  private void failBusy() {
    prepareRefusal();
    loop.refuser().sendRetryable(call, loop.refusals().busy);
  }

  private void prepareRefusal() {
    leave();
    if (limit != null) {
      LimitFields.set(call.request().response().headers(), limit);
    }
  }

  /** Does a step that the client waits for; whatever goes wrong in it, the client hears of it. */
  private void surely(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      log(e);
      giveUp();
    }
  }

  private void log(Throwable failure) {
    LOG.atError().addKeyValue("request_id", call.id()).setCause(failure).log("a request failed");
  }

  private void giveUp() {
    if (over) {
      return;
    }
    HttpServerResponse response = call.request().response();
    if (response.headWritten()) {
      sever();
    } else {
      abortUpstream();
      response.headers().clear();
      response.setChunked(false);
      fail(loop.refusals().internal);
    }
  }

  private void sever() {
    if (left) {
      // The client's connection may be with another key's request by now.
      return;
    }
    abortUpstream();
    Aborts.abort(call.request().connection());
    leave();
  }

  private void abortUpstream() {
    HttpClientRequest request = out;
    if (request != null) {
      Connections.abortIfOwned(request.connection(), ownership);
    }
  }

  /** Ends it, if it has not ended; whatever is told to it later is about somebody else. */
  void leave() {
    over = true;
    left = true;
    loop.deadlines().forget(wait);
    loop.exchanges().leave(this);
  }
}
