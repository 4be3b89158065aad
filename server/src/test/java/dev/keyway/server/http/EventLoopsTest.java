package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLoopsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void deploy_asManySharesAsLoops_eachHasItsOwnThread(int loops) {
    Vertx vertx = EventLoops.start(loops);
    try {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < loops; i++) {
        var _ = vertx.deployVerticle(new Share(threads)).await();
      }
      assertThat(threads).hasSize(loops);
    } finally {
      vertx.close().await();
    }
  }

  private static final class Share extends VerticleBase {
    private final Set<Thread> threads;

    Share(Set<Thread> threads) {
      this.threads = threads;
    }

    @Override
    public Future<?> start() {
      threads.add(Thread.currentThread());
      return Future.succeededFuture();
    }
  }
}
