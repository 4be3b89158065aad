package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.app.command.Program;
import dev.keyway.app.command.Start;
import dev.keyway.app.command.Version;
import dev.keyway.app.demo.Demo;
import dev.keyway.core.product.Products;
import dev.keyway.store.sqlite.UnusableDatabaseException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** {@code serve} and {@code demo}: a node from its start to the signal that ends it. */
public final class KeywayProgram implements Program {
  private final SecureRandom random = new SecureRandom();
  private final CountDownLatch told = new CountDownLatch(1);

  @Override
  public int serve(Start start) {
    StoreAssembly store = open(start);
    Products products = start.profiles().products();
    var node = new Assembly(start.config(), products, store, random);
    var file = new OperatorKeyFile(start.data());
    // Before anything listens: whoever sees the server answer finds the key there.
    FirstStart first = FirstStart.of(node, store.operatorKeys(), file);
    run(node, start, () -> first.greet(products, start.out()));
    return 0;
  }

  @Override
  public int demo(Start start) {
    StoreAssembly store = open(start);
    try (var demo = new Demo(start, store, random)) {
      var node = new Assembly(start.config(), demo.products(), store, random);
      run(node, start, () -> demo.greet(node));
    }
    return 0;
  }

  private StoreAssembly open(Start start) {
    StoreAssembly store = open(start.data(), start.config().cacheMaxKeys(), random);
    try {
      PepperGuard.check(store.digests(), start.config().peppers(), Instant.now());
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Opens the store of a folder that belongs to this process. */
  static StoreAssembly open(Path folder, int cacheMaxKeys, SecureRandom random) {
    try {
      return StoreAssembly.open(folder, cacheMaxKeys, random, Instant.now());
    } catch (UnusableDatabaseException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Starts a node, greets, and keeps it until the process is told to stop. */
  private void run(Assembly node, Start start, Runnable greet) {
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> stop(stopped), "keyway-stop");
    try {
      try (node) {
        node.start();
        start.out().println(Version.text());
        greet.run();
        Runtime.getRuntime().addShutdownHook(hook);
        told.await();
      }
      // The last line says that everything is written and closed.
      start.out().println("stopped");
      start.out().flush();
    } catch (IllegalStateException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  /** Tells the node to stop, as SIGTERM does; {@code serve} or {@code demo} then returns. */
  public void stop() {
    told.countDown();
  }

  /** Runs in the shutdown hook: the process ends when this returns, so it waits for the node. */
  private void stop(CountDownLatch stopped) {
    stop();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
