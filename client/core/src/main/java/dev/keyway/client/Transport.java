package dev.keyway.client;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls that end in time: bounded in number, in length and in bytes, and none while Keyway
 * does not answer. It follows no redirect and uses no proxy, because every call carries a key. It
 * repeats nothing; the JDK's own client repeats a GET once more when a connection that was kept
 * open turns out to be closed before one byte of the answer.
 */
final class Transport {
  private final HttpClient http;
  private final CallLimits limits;
  private final Circuit circuit;
  private final Semaphore slots;

  Transport(CallLimits limits, @Nullable SSLContext tls, LongSupplier nanoTime) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(limits.connectTimeout());
    this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
    this.limits = limits;
    this.circuit = new Circuit(limits.failuresToOpen(), limits.openFor(), nanoTime);
    this.slots = new Semaphore(limits.concurrentCalls());
  }

  /** Calls; the future never fails. */
  CompletableFuture<Reply> call(HttpRequest request) {
    if (!slots.tryAcquire()) {
      return none(UnavailableReason.TOO_MANY_CALLS);
    }
    Circuit.Pass pass = circuit.enter();
    if (pass == null) {
      slots.release();
      return none(UnavailableReason.CIRCUIT_OPEN);
    }
    return exchange(request)
        .handle((answer, failure) -> {
          slots.release();
          Reply reply = failure == null ? answer : new Reply.None(reason(failure), failure);
          tell(pass, reply);
          return reply;
        });
  }

  boolean isOpen() {
    return circuit.isOpen();
  }

  private CompletableFuture<Reply.Answer> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> sent;
    try {
      sent = http.sendAsync(request, info -> new BoundedBody());
    } catch (RuntimeException | Error e) {
      // Thrown on, it would keep the slot and the circuit's only probe for ever.
      return CompletableFuture.failedFuture(new NotBegunException(e));
    }
    CompletableFuture<Reply.Answer> answer = new CompletableFuture<>();
    var unused = sent.whenComplete((response, failure) -> complete(answer, response, failure));
    // The JDK's own time-out ends with the headers; this one covers the body too.
    return answer
        .orTimeout(limits.callTimeout().toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((given, failure) -> sent.cancel(true));
  }

  private static void complete(
      CompletableFuture<Reply.Answer> answer,
      @Nullable HttpResponse<String> response,
      @Nullable Throwable failure) {
    if (response != null) {
      answer.complete(new Reply.Answer(response.statusCode(), response.headers(), response.body()));
    } else {
      answer.completeExceptionally(failure == null ? new CancellationException() : failure);
    }
  }

  private static CompletableFuture<Reply> none(UnavailableReason reason) {
    return CompletableFuture.completedFuture(new Reply.None(reason, null));
  }

  private static UnavailableReason reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
        return UnavailableReason.TIMEOUT;
      }
      if (cause instanceof BoundedBody.OversizedException) {
        return UnavailableReason.FOREIGN_ANSWER;
      }
      if (cause instanceof NotBegunException) {
        return UnavailableReason.NOT_BEGUN;
      }
    }
    return UnavailableReason.UNREACHABLE;
  }

  private static void tell(Circuit.Pass pass, Reply reply) {
    if (reply instanceof Reply.Answer answer) {
      if (answer.isOfKeyway()) {
        pass.succeeded();
      } else {
        // Whatever answers can be made to: an open circuit may let requests pass.
        pass.toldNothing();
      }
    } else if (reply instanceof Reply.None none) {
      if (none.reason().isOutage()) {
        pass.failed();
      } else {
        pass.toldNothing();
      }
    }
  }

  /** The HTTP client threw, for lack of threads or for a request that it does not take. */
  private static final class NotBegunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotBegunException(Throwable cause) {
      super(cause);
    }
  }
}
