package dev.keyway.server.http;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The one adapter from the event loop to blocking handlers: a virtual thread for each request, and
 * a bound on management calls under way so that a slow store cannot fill the memory with them.
 */
final class VirtualThreads {
  private final Semaphore places;
  private final Answers answers;
  private final CallObserver observer;

  VirtualThreads(int maxConcurrent, Answers answers, CallObserver observer) {
    this.places = new Semaphore(maxConcurrent);
    this.answers = answers;
    this.observer = observer;
  }

  /**
   * Runs the endpoint's handler and hands its answer, or the problem it ended with, on.
   *
   * @param handled runs in every case, when nobody needs the request any longer
   */
  void answer(Endpoint endpoint, Request request, Runnable handled, Consumer<Response> reply) {
    boolean bounded = endpoint.isManagement();
    if (bounded && !places.tryAcquire()) {
      handled.run();
      var full =
          new ProblemException(
              ProblemCode.UNAVAILABLE,
              "Too many calls are under way; repeat this one in a moment.",
              Map.of("Retry-After", "1"));
      reply.accept(told(endpoint, answers.of(full, endpoint.operationId(), request.id())));
      return;
    }
    Thread.ofVirtual()
        .name(endpoint.operationId())
        .start(() -> {
          Response response;
          try {
            response = told(endpoint, handle(endpoint, request));
          } finally {
            handled.run();
            if (bounded) {
              places.release();
            }
          }
          reply.accept(response);
        });
  }

  private Response handle(Endpoint endpoint, Request request) {
    try {
      return endpoint.handler().handle(request);
    } catch (Throwable thrown) {
      // Whatever it is, somebody waits for an answer.
      return answers.of(thrown, endpoint.operationId(), request.id());
    }
  }

  private Response told(Endpoint endpoint, Response response) {
    observer.answered(endpoint.operationId(), response.status());
    return response;
  }
}
