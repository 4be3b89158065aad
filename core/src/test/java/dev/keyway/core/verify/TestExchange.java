package dev.keyway.core.verify;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** An exchange that notes that it was cut, and is silent when the test says so. */
public class TestExchange implements Exchange {
  private final CompletableFuture<Void> silent = new CompletableFuture<>();
  private final CountDownLatch cut = new CountDownLatch(1);

  /** An exchange that falls silent as soon as it is cut. */
  public static TestExchange prompt() {
    var exchange = new TestExchange();
    exchange.fallSilent();
    return exchange;
  }

  @Override
  public CompletionStage<?> cut() {
    cut.countDown();
    return silent;
  }

  public boolean isCut() {
    return cut.getCount() == 0;
  }

  /** Waits until somebody cuts it. */
  public void awaitCut() throws InterruptedException {
    cut.await();
  }

  public void fallSilent() {
    silent.complete(null);
  }
}
