package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.app.command.Program;
import dev.keyway.app.command.Start;
import dev.keyway.app.command.Version;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.demo.Demo;
import dev.keyway.app.metrics.ProcessMetrics;
import dev.keyway.app.metrics.StoreMetrics;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.server.http.ControlMetrics;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.sql.TransactionObserver;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code serve} and {@code demo}: a node from its start to the signal that ends it. */
public final class KeywayProgram implements Program {
  private static final Logger LOG = LoggerFactory.getLogger(KeywayProgram.class);

  private final SecureRandom random = new SecureRandom();
  private final CountDownLatch told = new CountDownLatch(1);

  @Override
  public int serve(Start start) {
    Certificates certificates = Certificates.of(start.config());
    var metrics = new ControlMetrics();
    StoreAssembly store = open(start, metrics);
    Products products = start.profiles().products();
    var node = new Assembly(start.config(), products, store, certificates, metrics, random);
    var file = new OperatorKeyFile(start.data());
    run(
        node,
        start,
        () -> {
          // Before anything listens: whoever sees the server answer finds the key there.
          FirstStart first = FirstStart.of(node, store.operatorKeys(), store.accounts(), file);
          node.start();
          first.greet(products, start.out());
        });
    return 0;
  }

  @Override
  public int demo(Start start) {
    var metrics = new ControlMetrics();
    StoreAssembly store = open(start, metrics);
    try (var demo = new Demo(start, store, random)) {
      var plain = new Certificates(null, null, null);
      var node = new Assembly(start.config(), demo.products(), store, plain, metrics, random);
      run(
          node,
          start,
          () -> {
            node.start();
            demo.greet(node);
          });
    }
    return 0;
  }

  private StoreAssembly open(Start start, ControlMetrics metrics) {
    ProcessMetrics.register(metrics.registry(), Version.number(), start.profiles().hash());
    int cacheMaxKeys = start.config().cacheMaxKeys();
    StoreAssembly store =
        open(start.place(), cacheMaxKeys, random, new StoreMetrics(metrics.registry()));
    try {
      Instant now = Instant.now();
      PepperGuard.check(store.digests(), start.config().peppers(), now);
      PrefixGuard.check(store.prefixes(), start.profiles().products(), now);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Opens the store of an installation that belongs to this process. */
  static StoreAssembly open(
      StorePlace place, int cacheMaxKeys, SecureRandom random, TransactionObserver observer) {
    try {
      return StoreAssembly.open(place, cacheMaxKeys, random, Instant.now(), observer);
    } catch (UnusableDatabaseException | UnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Starts a node and keeps it until the process is told to stop. */
  private void run(Assembly node, Start start, Runnable begin) {
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> stop(stopped), "keyway-stop");
    try {
      try (node) {
        start.out().println(Version.text());
        begin.run();
        logStart(node, start);
        Runtime.getRuntime().addShutdownHook(hook);
        told.await();
        node.drain();
      }
      // The last line says that everything is written and closed.
      LOG.info("stopped");
    } catch (IllegalStateException | UnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private static void logStart(Assembly node, Start start) {
    LOG.atInfo()
        .addKeyValue("version", Version.number())
        .addKeyValue("control", node.controlUrl())
        .addKeyValue("gateway", node.gatewayUrl())
        .addKeyValue("ext_authz", node.extAuthzAddress())
        .addKeyValue("products", slugs(start.profiles().products()))
        .addKeyValue("profiles", start.profiles().hash().substring(0, 12))
        .addKeyValue("store", start.place().shown())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log("started");
  }

  private static String slugs(Products products) {
    return products.all().stream().map(Product::slug).collect(Collectors.joining(","));
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
