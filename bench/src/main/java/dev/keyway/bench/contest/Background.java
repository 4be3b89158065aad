package dev.keyway.bench.contest;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.load.Load;
import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.load.Wrk;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A second load on the same server, for as long as the one that is measured. */
final class Background {
  private final FutureTask<LoadResult> result;

  private Background(FutureTask<LoadResult> result) {
    this.result = result;
  }

  /** Null for none. */
  static @Nullable Background start(Wrk wrk, @Nullable Load load, Duration length) {
    if (load == null) {
      return null;
    }
    var asLong =
        new Load(
            load.target(),
            load.form(),
            load.keys(),
            load.connections(),
            length,
            load.requestsPerSecond());
    var result = new FutureTask<>(() -> wrk.run(asLong));
    Thread.ofVirtual().start(result);
    return new Background(result);
  }

  LoadResult end() {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new BenchException("the load in the background failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
