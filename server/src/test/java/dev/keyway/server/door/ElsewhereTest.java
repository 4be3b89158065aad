package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ElsewhereTest {

  @Test
  void error_isToldLikeAnyFailure() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (var elsewhere = new Elsewhere()) {
      var inWork = new CompletableFuture<Throwable>();
      var inOutcome = new CompletableFuture<Throwable>();
      elsewhere.run(vertx.getOrCreateContext(), ElsewhereTest::fail, _ -> {}, inWork::complete);
      elsewhere.run(vertx.getOrCreateContext(), () -> "done", _ -> fail(), inOutcome::complete);

      assertThat(inWork.get(5, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
      assertThat(inOutcome.get(5, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
    } finally {
      vertx.close().await();
    }
  }

  private static String fail() {
    throw new StackOverflowError();
  }
}
