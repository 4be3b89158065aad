package dev.keyway.server.api;

import dev.keyway.core.RefusedException;
import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.RefusedException.IdempotencyMismatch;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.UnconfirmedException;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.idempotency.IdempotencyStore.Earlier;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a change that is sent twice under one {@code Idempotency-Key} happen once.
 *
 * <p>The first answer is kept without its secret: whoever lost it revokes the key and makes
 * another. A call that was refused has changed nothing and may be corrected under the same key.
 */
final class Idempotency {
  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final IdempotencyStore store;
  private final InstantSource clock;

  Idempotency(IdempotencyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The operation's answer, or the one it gave before. */
  Response answer(Call call, Operation operation) {
    String key = call.request().header(HEADER);
    if (key == null) {
      return operation.answer(call).toResponse();
    }
    if (!KEY.matcher(key).matches()) {
      throw Invalid.request(HEADER + " must be 1 to 255 visible ASCII characters.");
    }
    var actor = call.caller().principal().actor();
    String fingerprint = fingerprint(call.request());
    Earlier earlier = store.begin(actor.id(), key, fingerprint, clock.instant());
    return earlier == null ? first(call, operation, actor.id(), key) : replay(earlier, fingerprint);
  }

  private Response first(Call call, Operation operation, String caller, String key) {
    Answer answer;
    try {
      answer = operation.answer(call);
    } catch (RefusedException | UnavailableException | UnconfirmedException e) {
      // Refused or not done; and an unconfirmed change is safe to repeat. After a bug the key stays
      // taken, since nobody knows what was done.
      store.abandon(caller, key);
      throw e;
    }
    keep(caller, key, answer);
    return answer.toResponse();
  }

  private void keep(String caller, String key, Answer answer) {
    String body = new String(answer.withoutSecret().toBytes(), StandardCharsets.UTF_8);
    try {
      store.complete(caller, key, answer.status(), body);
    } catch (UnavailableException e) {
      keepAtLast(caller, key, answer.status(), body);
    }
  }

  private void keepAtLast(String caller, String key, int status, String body) {
    try {
      store.complete(caller, key, status, body);
    } catch (UnavailableException e) {
      // The change is made, and its secret must reach the caller now or never.
      LOG.warn("an answer could not be kept for its Idempotency-Key: {}", e.getMessage());
    }
  }

  private static Response replay(Earlier earlier, String fingerprint) {
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw new IdempotencyMismatch();
    }
    Integer status = earlier.status();
    String body = earlier.body();
    if (status == null) {
      throw Conflict.idempotencyInProgress();
    }
    if (body == null) {
      throw Conflict.outcomeUnknown();
    }
    return Response.json(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String fingerprint(Request request) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      String line = request.method() + " " + request.path() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(request.body()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }
}
