package dev.keyway.server.authz;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.door.AnswerCounters;
import dev.keyway.server.door.Cors;
import dev.keyway.server.door.Door;
import dev.keyway.server.door.KeyFields;
import dev.keyway.server.door.LimitFields;
import dev.keyway.server.door.Names;
import dev.keyway.server.door.Refusal;
import dev.keyway.server.door.RefusalFields;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.door.Routing;
import dev.keyway.server.http.RequestIds;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The {@code CheckResponse} to one check ({@code envoy.service.auth.v3}), given once and counted.
 * The numbers of the fields are those of Envoy's published API.
 *
 * <p>What Keyway cannot decide is a refusal too, and no failed call: Envoy would make a 403 or a
 * way around of that, as it is configured.
 */
final class ExtAuthzAnswer implements Reply {
  private static final int UNAUTHORIZED = 401;
  private static final int OK_STATUS = 200;

  private final GrpcCall call;
  private final ExtAuthzRequest request;
  private final Refusals refusals;
  private final Vertx vertx;
  private final String id = RequestIds.next();
  private AnswerCounters answers;
  private Cors cors = Cors.NONE;
  private boolean hasDeadline;

  /**
   * An answer yet to be given.
   *
   * @param unknownProduct where it is counted until its product is known
   */
  ExtAuthzAnswer(
      GrpcCall call,
      ExtAuthzRequest request,
      Refusals refusals,
      AnswerCounters unknownProduct,
      Vertx vertx) {
    this.call = call;
    this.request = request;
    this.refusals = refusals;
    this.vertx = vertx;
    this.answers = unknownProduct;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean isOver() {
    return call.isOver();
  }

  /** Says whose rules for browsers hold and where the answer is counted. */
  void enter(Door door) {
    cors = door.cors();
    answers = door.answers();
  }

  /** Most callers cancel at their deadline; for one that does not, nothing is kept. */
  @Override
  public void waits() {
    long remainingNanos = call.remainingNanos();
    if (hasDeadline || remainingNanos == Long.MAX_VALUE) {
      return;
    }
    hasDeadline = true;
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(remainingNanos));
    long timer =
        vertx.setTimer(
            millis,
            _ -> call.fail(GrpcStatus.DEADLINE_EXCEEDED, "the store did not answer in time"));
    call.whenOver(() -> vertx.cancelTimer(timer));
  }

  @Override
  public void allow(
      Routing.Routed routed,
      VerifiableKey key,
      @Nullable LimitState limit,
      @Nullable String identity) {
    if (call.isOver()) {
      return;
    }
    var message = new ProtobufWriter();
    // status: none is the status OK.
    message.bytes(1, ExtAuthzFields.NOTHING);
    int ok = message.begin(3);
    ExtAuthzFields.write(message, 2, forUpstream(key, identity));
    ExtAuthzStripping.write(message, request, routed, key, identity);
    ExtAuthzFields.write(message, 6, forClient(limit));
    message.end(ok);
    ExtAuthzFields.writeMetadata(message, key, id);
    answers.passed(OK_STATUS);
    call.answer(message.toBytes());
  }

  /** Answers what a browser asks beforehand, in the place of the upstream. */
  void answerPreflight(String methods) {
    if (call.isOver()) {
      return;
    }
    MultiMap headers = HttpHeaders.headers();
    cors.setPreflight(headers, methods, request);
    headers.set(Names.REQUEST_ID, id);
    answers.passed(Routing.Preflight.STATUS);
    call.answer(instead(GrpcStatus.PERMISSION_DENIED, Routing.Preflight.STATUS, headers, null));
  }

  /** Refuses. */
  void refuse(Refusal refusal) {
    refuse(refusal, HttpHeaders.headers());
  }

  /** Refuses a request that leads nowhere. */
  void refuse(Routing.Refused refused) {
    MultiMap headers = HttpHeaders.headers();
    String allow = refused.allow();
    if (allow != null) {
      headers.set(HttpHeaders.ALLOW, allow);
    }
    refuse(refused.refusal(), headers);
  }

  @Override
  public void cannotVerify() {
    MultiMap headers = HttpHeaders.headers();
    RefusalFields.setRetrySoon(headers);
    refuse(refusals.cannotVerify, headers);
  }

  @Override
  public void fail() {
    refuse(refusals.internal);
  }

  @Override
  public void deny(DenialReason reason, @Nullable LimitState limit) {
    MultiMap headers = HttpHeaders.headers();
    RefusalFields.setLimit(headers, limit);
    refuse(refusals.of(reason), headers);
  }

  private void refuse(Refusal refusal, MultiMap headers) {
    if (call.isOver()) {
      return;
    }
    RefusalFields.set(headers, refusal, id);
    RefusalFields.setVerdict(headers, refusal);
    cors.applyTo(headers, origin());
    answers.refused(refusal.code());
    GrpcStatus status =
        refusal.status() == UNAUTHORIZED
            ? GrpcStatus.UNAUTHENTICATED
            : GrpcStatus.PERMISSION_DENIED;
    call.answer(instead(status, refusal.status(), headers, refusal.body(id).getBytes()));
  }

  /** {@code DeniedHttpResponse}: what Envoy answers instead of the upstream. */
  private static byte[] instead(
      GrpcStatus status, int httpStatus, MultiMap headers, byte @Nullable [] body) {
    var message = new ProtobufWriter();
    int rpc = message.begin(1);
    message.number(1, status.code());
    message.end(rpc);
    int denied = message.begin(2);
    int http = message.begin(1);
    message.number(1, httpStatus);
    message.end(http);
    ExtAuthzFields.write(message, 2, headers);
    if (body != null) {
      message.bytes(3, body);
    }
    message.end(denied);
    return message.toBytes();
  }

  private MultiMap forUpstream(VerifiableKey key, @Nullable String identity) {
    MultiMap headers = HttpHeaders.headers();
    KeyFields.set(headers, key);
    headers.set(Names.REQUEST_ID, id);
    if (identity != null) {
      headers.set(Names.IDENTITY, identity);
    }
    return headers;
  }

  private MultiMap forClient(@Nullable LimitState limit) {
    MultiMap headers = HttpHeaders.headers();
    headers.set(Names.REQUEST_ID, id);
    if (limit != null) {
      LimitFields.set(headers, limit);
    }
    cors.applyTo(headers, origin());
    return headers;
  }

  private @Nullable String origin() {
    if (cors.isSilent()) {
      return null;
    }
    List<String> origins = request.of("Origin");
    return origins.isEmpty() ? null : origins.getFirst();
  }
}
