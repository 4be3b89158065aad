package dev.keyway.server.api;

import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.RefusedException;
import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.RefusedException.IdempotencyMismatch;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.UnconfirmedException;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.idempotency.IdempotencyStore.Earlier;
import dev.keyway.server.api.UnsettledCalls.Taken;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a change that is sent twice under one {@code Idempotency-Key} happen once.
 *
 * <p>The first answer is kept without its secret: whoever lost it revokes the key and makes
 * another. A call that was refused has changed nothing and may be corrected under the same key. Of
 * one that may or may not be done, a repeat is told just that (409 {@code conflict}), or it is done
 * again where that is safe.
 */
final class Idempotency {
  static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final IdempotencyStore store;
  private final InstantSource clock;
  private final UnsettledCalls unsettled = new UnsettledCalls();

  Idempotency(IdempotencyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What a repeat is answered while it is not known whether the first call is done. */
  enum WhenUnknown {
    /** Just that. */
    TELL,
    /** What it comes to when it is done again, for that is safe. */
    REPEAT
  }

  /** The operation's answer, or the one it gave before. */
  Response answer(Call call, Operation operation, WhenUnknown whenUnknown) {
    String key = call.request().header(HEADER);
    if (key == null) {
      return operation.answer(call).toResponse();
    }
    if (!KEY.matcher(key).matches()) {
      throw Invalid.request(HEADER + " must be 1 to 255 visible ASCII characters.");
    }
    var actor = call.caller().principal().actor();
    String fingerprint = fingerprint(call.request());
    var taken = new Taken(actor.id(), key);
    Earlier earlier = begin(taken, fingerprint, whenUnknown);
    if (earlier == null) {
      return first(call, operation, taken, whenUnknown);
    }
    requireSame(earlier, fingerprint);
    return earlier.isInterrupted() && whenUnknown == WhenUnknown.REPEAT
        ? first(call, operation, taken, whenUnknown)
        : replay(earlier);
  }

  private @Nullable Earlier begin(Taken taken, String fingerprint, WhenUnknown whenUnknown) {
    unsettled.settle(taken);
    try {
      return store.begin(taken.caller(), taken.key(), fingerprint, clock.instant());
    } catch (OutcomeUnknownException e) {
      // The key may be taken now by this call, which goes no further.
      release(taken, whenUnknown);
      throw e;
    }
  }

  private Response first(Call call, Operation operation, Taken taken, WhenUnknown whenUnknown) {
    Answer answer;
    try {
      answer = operation.answer(call);
    } catch (OutcomeUnknownException e) {
      release(taken, whenUnknown);
      throw e;
    } catch (RefusedException | UnavailableException | UnconfirmedException e) {
      // Refused or not done; and an unconfirmed change is safe to repeat.
      unsettled.write(taken, () -> store.abandon(taken.caller(), taken.key()));
      throw e;
    } catch (RuntimeException | Error e) {
      // A bug: nobody knows what was done before it.
      unsettled.write(taken, () -> store.interrupt(taken.caller(), taken.key()));
      throw e;
    }
    keep(taken, answer);
    return answer.toResponse();
  }

  private void release(Taken taken, WhenUnknown whenUnknown) {
    unsettled.write(
        taken,
        whenUnknown == WhenUnknown.REPEAT
            ? () -> store.abandon(taken.caller(), taken.key())
            : () -> store.interrupt(taken.caller(), taken.key()));
  }

  private void keep(Taken taken, Answer answer) {
    String body = new String(answer.withoutSecret().toBytes(), StandardCharsets.UTF_8);
    unsettled.write(
        taken, () -> store.complete(taken.caller(), taken.key(), answer.status(), body));
  }

  private static void requireSame(Earlier earlier, String fingerprint) {
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw new IdempotencyMismatch();
    }
  }

  private static Response replay(Earlier earlier) {
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
