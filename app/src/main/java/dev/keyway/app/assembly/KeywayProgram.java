package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.app.command.Program;
import dev.keyway.app.command.Start;
import dev.keyway.app.demo.Demo;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.product.Products;
import dev.keyway.store.sqlite.UnusableDatabaseException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** {@code serve} and {@code demo}: a node from its start to the signal that ends it. */
public final class KeywayProgram implements Program {
  private final SecureRandom random = new SecureRandom();

  @Override
  public int serve(Start start) {
    StoreAssembly store = open(start);
    Products products = start.profiles().products();
    var node = new Assembly(start.config(), products, store, random);
    var file = new OperatorKeyFile(start.data());
    run(
        node,
        () -> {
          // Before anything listens: whoever sees the server answer finds the key there.
          FirstStart first = FirstStart.of(node, store.operatorKeys(), file);
          node.start();
          first.greet(products, start.out());
        });
    return 0;
  }

  @Override
  public int demo(Start start) {
    StoreAssembly store = open(start);
    try (var demo = new Demo(start, store, random)) {
      var node = new Assembly(start.config(), demo.products(), store, random);
      run(
          node,
          () -> {
            node.start();
            demo.greet(node);
          });
    }
    return 0;
  }

  private StoreAssembly open(Start start) {
    Path folder = start.data();
    try {
      return StoreAssembly.open(folder, start.config().cacheMaxKeys(), random, Instant.now());
    } catch (UnusableDatabaseException | UnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Starts a node and keeps it until the process is told to stop. */
  private static void run(Assembly node, Runnable start) {
    var told = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> stop(told, stopped), "keyway-stop");
    try (node) {
      start.run();
      Runtime.getRuntime().addShutdownHook(hook);
      told.await();
    } catch (IllegalStateException | UnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  /** Runs in the shutdown hook: the process ends when this returns, so it waits for the node. */
  private static void stop(CountDownLatch told, CountDownLatch stopped) {
    told.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
