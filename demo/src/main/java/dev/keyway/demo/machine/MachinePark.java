package dev.keyway.demo.machine;

import dev.keyway.demo.web.Refusal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** All accounts' machines, in memory; an account that is new here starts with two. */
public final class MachinePark {

  private static final int MOST_PER_ACCOUNT = 100;
  private static final List<MachineOrder> FIRST =
      List.of(
          new MachineOrder("web-1", "small", "eu-central"),
          new MachineOrder("build-1", "large", "eu-north"));

  private final InstantSource clock;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  public MachinePark(InstantSource clock) {
    this.clock = clock;
  }

  List<Machine> of(String account) {
    return account(account).list();
  }

  Optional<Machine> find(String account, String id) {
    return account(account).find(id);
  }

  /** Adds a machine; a name that is taken, or one machine too many, is refused with 409. */
  Machine create(String account, MachineOrder order) {
    return account(account).create(order);
  }

  /** Removes a machine; false when the account has none of that id. */
  boolean delete(String account, String id) {
    return account(account).delete(id);
  }

  private Account account(String id) {
    return accounts.computeIfAbsent(id, _ -> new Account());
  }

  private final class Account {

    private final Map<String, Machine> machines = new LinkedHashMap<>();

    Account() {
      FIRST.forEach(this::create);
    }

    synchronized List<Machine> list() {
      return List.copyOf(machines.values());
    }

    synchronized Optional<Machine> find(String id) {
      return Optional.ofNullable(machines.get(id));
    }

    synchronized Machine create(MachineOrder order) {
      if (machines.values().stream().anyMatch(it -> it.order().name().equals(order.name()))) {
        throw Refusal.of(409, "name_taken", "A machine of that name exists.");
      }
      if (machines.size() >= MOST_PER_ACCOUNT) {
        throw Refusal.of(
            409,
            "machine_limit_reached",
            "An account has at most " + MOST_PER_ACCOUNT + " machines.");
      }
      String id = "mach_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
      Machine machine = new Machine(id, order, clock.instant());
      machines.put(id, machine);
      return machine;
    }

    synchronized boolean delete(String id) {
      return machines.remove(id) != null;
    }
  }
}
