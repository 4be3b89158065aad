package dev.keyway.server.door;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.DenialReason;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Sends refusals over HTTP and counts them. */
public final class RefusalSender {
  private final Refusals refusals;
  private final AnswerCounters unknownProduct;
  private final Verdict verdict;

  private RefusalSender(Refusals refusals, AnswerCounters unknownProduct, Verdict verdict) {
    this.refusals = refusals;
    this.unknownProduct = unknownProduct;
    this.verdict = verdict;
  }

  /**
   * One that answers clients.
   *
   * @param unknownProduct counts refusals of requests that name no product
   */
  public static RefusalSender toClients(Refusals refusals, AnswerCounters unknownProduct) {
    return new RefusalSender(refusals, unknownProduct, Verdict.IN_THE_STATUS);
  }

  /**
   * One that answers proxies: {@code Keyway-Status} and {@code Keyway-Code} say what the client is
   * to be told.
   *
   * @param unknownProduct counts refusals of requests that name no product
   */
  public static RefusalSender toProxies(Refusals refusals, AnswerCounters unknownProduct) {
    return new RefusalSender(refusals, unknownProduct, Verdict.IN_FIELDS_TOO);
  }

  /** What can be sent. */
  public Refusals refusals() {
    return refusals;
  }

  /** Refuses. */
  public void send(Call call, Refusal refusal) {
    send(call, refusal, call.request().response());
  }

  /** Refuses and ends the connection, because nobody can tell where the next request begins. */
  public void sendLast(Call call, Refusal refusal) {
    call.makeLast();
    send(call, refusal);
  }

  /** Refuses because nobody can decide now; the same request may pass a little later. */
  public void sendRetryable(Call call, Refusal refusal) {
    HttpServerResponse response = call.request().response();
    RefusalFields.setRetrySoon(response.headers());
    send(call, refusal, response);
  }

  /**
   * Refuses a request that leads nowhere.
   *
   * @param refused with the methods that would be let through, where that is the matter
   */
  public void send(Call call, Routing.Refused refused) {
    HttpServerResponse response = call.request().response();
    String allow = refused.allow();
    if (allow != null) {
      response.headers().set(HttpHeaders.ALLOW, allow);
    }
    send(call, refused.refusal(), response);
  }

  /** Refuses a key. */
  public void sendDenial(Call call, DenialReason reason, @Nullable LimitState limit) {
    HttpServerResponse response = call.request().response();
    RefusalFields.setLimit(response.headers(), limit);
    send(call, refusals.of(reason), response);
  }

  private void send(Call call, Refusal refusal, HttpServerResponse response) {
    MultiMap headers = response.headers();
    headers.set(HttpHeaders.CONTENT_LENGTH, refusal.length());
    RefusalFields.set(headers, refusal, call.id());
    if (verdict == Verdict.IN_FIELDS_TOO) {
      RefusalFields.setVerdict(headers, refusal);
    }
    call.cors().applyTo(headers, call.request().headers());
    response.setStatusCode(refusal.status());
    count(call, refusal);
    call.end(call.isHead() ? null : refusal.body(call.id()));
  }

  private void count(Call call, Refusal refusal) {
    AnswerCounters answers = call.answers();
    (answers == null ? unknownProduct : answers).refused(refusal.code());
  }

  /** Where an answer says what became of the request. */
  private enum Verdict {
    IN_THE_STATUS,
    IN_FIELDS_TOO
  }
}
