package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.app.command.LocalTrail;
import dev.keyway.app.command.OperatorKeys;
import dev.keyway.app.command.Start;
import dev.keyway.app.config.Config;
import dev.keyway.app.config.StorePlace;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.change.Change;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.NewOperatorKey;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.store.sql.TransactionObserver;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operator keys of a store, without a server. A SQLite store then belongs to this process alone; a
 * PostgreSQL one may have nodes that run.
 */
public final class LocalOperatorKeys implements OperatorKeys {
  private final SecureRandom random;
  private final LocalTrail trail;
  private final InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MILLIS);

  public LocalOperatorKeys(SecureRandom random, LocalTrail trail) {
    this.random = random;
    this.trail = trail;
  }

  @Override
  public NewOperatorKey create(Start installation, CreateOperatorKey.Command command) {
    Config config = installation.config();
    try (StoreAssembly store = open(installation.place())) {
      PepperGuard.check(store.digests(), config.peppers(), clock.instant());
      var create =
          new CreateOperatorKey(
              new Access(installation.profiles().products()),
              store.operatorKeys(),
              new KeyDigester(config.peppers()),
              random,
              clock);
      return create.executeLocally(
          command, trail.done("operator_key.create", clock.instant(), command.name()), _ -> {});
    }
  }

  @Override
  public List<OperatorKey> list(StorePlace place) {
    try (StoreAssembly store = open(place)) {
      var all = new ArrayList<OperatorKey>();
      PageRequest next = PageRequest.first();
      while (next != null) {
        Page<OperatorKey> page = store.operatorKeys().list(next);
        all.addAll(page.data());
        next = page.next() == null ? null : new PageRequest(next.limit(), page.next());
      }
      return all;
    }
  }

  @Override
  public void revoke(StorePlace place, OperatorKeyId id) {
    try (StoreAssembly store = open(place)) {
      Instant now = clock.instant();
      Optional<Change> change =
          store.operatorKeys().revoke(id, now, trail.done("operator_key.revoke", now, id.text()));
      if (place.postgres() == null) {
        // No server runs, so nobody decides on the older state. Nodes of a cluster may: they apply
        // the change and confirm it, as they do for one of their own that has died.
        change.ifPresent(made -> store.changes().markEffective(made.place(), now));
      }
      if (change.isEmpty()) {
        throw new CommandFailedException("there is no operator key " + id.text());
      }
    }
  }

  private StoreAssembly open(StorePlace place) {
    return KeywayProgram.open(
        place, Config.defaults().cacheMaxKeys(), random, TransactionObserver.NONE);
  }
}
