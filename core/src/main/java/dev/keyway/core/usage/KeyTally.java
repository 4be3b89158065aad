package dev.keyway.core.usage;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.UsageStore.ClientUse;
import dev.keyway.core.usage.UsageStore.HourUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the accepted requests with one key in one hour, and which clients they came from.
 *
 * <p>A request of a client that was seen before costs a look at no more than {@value #MOST_CLIENTS}
 * clients and two counters; it makes no object. All but {@link #add} and {@link #see} is for the
 * one thread that writes down.
 */
final class KeyTally {
  static final int MOST_CLIENTS = 10;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private final ApiKeyId key;
  private final long beginMillis;
  private final Tally requests;
  private final AtomicReference<Clients> clients = new AtomicReference<>(Clients.NONE);
  private int idleRounds;
  private long lastOfRound;

  KeyTally(ApiKeyId key, long atMillis) {
    this.key = key;
    this.beginMillis = atMillis - Math.floorMod(atMillis, HOUR_MILLIS);
    this.requests = new Tally(atMillis);
  }

  ApiKeyId key() {
    return key;
  }

  /** Whether an instant lies in this hour. */
  boolean covers(long atMillis) {
    return atMillis >= beginMillis && atMillis < beginMillis + HOUR_MILLIS;
  }

  /** Counts a request; false when this has ended, and then nothing was counted. */
  boolean add(long atMillis) {
    return requests.add(atMillis);
  }

  /**
   * Counts a request for its client, if there is room to tell it from others.
   *
   * @return false when this has ended, and then nothing was counted
   */
  boolean see(ClientAddress address, @Nullable String userAgent, long atMillis, ClientNames names) {
    return clients.get().add(address, userAgent, atMillis)
        || seeNew(address, userAgent, atMillis, names);
  }

  private boolean seeNew(
      ClientAddress address, @Nullable String userAgent, long atMillis, ClientNames names) {
    Clients seen = clients.get();
    if (seen.isFull()) {
      return true;
    }
    if (userAgent != null && !names.mayBeKept(userAgent)) {
      // Not even in memory: it holds a secret, or more than anybody has to say.
      return see(address, null, atMillis, names);
    }
    var fresh = new ClientTally(userAgent, names.of(userAgent), address.prefix(), atMillis);
    var _ = fresh.requests().add(atMillis);
    while (!seen.hasEnded()) {
      if (seen.isFull()
          || seen.add(address, userAgent, atMillis)
          || clients.compareAndSet(seen, seen.with(fresh))) {
        return true;
      }
      seen = clients.get();
    }
    return false;
  }

  /** When the latest of the requests was accepted. */
  Instant lastUsedAt() {
    return Instant.ofEpochMilli(requests.lastMillis());
  }

  /** Whether something is not yet written down. */
  boolean isWaiting() {
    return requests.count() > 0
        || clients.get().all().stream().anyMatch(client -> client.requests().count() > 0);
  }

  /** What is not yet written down; null for nothing. */
  @Nullable Unwritten unwritten() {
    long count = requests.count();
    List<ClientTally> active = new ArrayList<>();
    List<ClientUse> uses = new ArrayList<>();
    for (ClientTally client : clients.get().all()) {
      ClientUse use = client.use();
      if (use.requests() > 0) {
        active.add(client);
        uses.add(use);
      }
    }
    if (count == 0 && uses.isEmpty()) {
      return null;
    }
    var use = new HourUse(key, Instant.ofEpochMilli(beginMillis), count, uses);
    return new Unwritten(this, use, active);
  }

  /** For how many rounds of writing nothing was counted; to be asked once a round. */
  int idleRounds() {
    long last = requests.lastMillis();
    idleRounds = last == lastOfRound ? idleRounds + 1 : 0;
    lastOfRound = last;
    return idleRounds;
  }

  /** Makes room for other clients, if there is none, by letting go of those that fell silent. */
  void makeRoom() {
    Clients seen = clients.get();
    if (seen.isFull()) {
      // Nobody adds to as many as there may be, so they are still the same.
      clients.set(seen.withoutSilentOnes());
    }
  }

  /** Ends this unless something waits to be written down; whether it has ended now. */
  boolean end() {
    if (!requests.close()) {
      return false;
    }
    Clients seen = clients.get();
    for (ClientTally client : seen.all()) {
      if (!client.requests().close()) {
        return false;
      }
    }
    return clients.compareAndSet(seen, Clients.ENDED);
  }

  /** The clients at one moment. */
  private record Clients(List<ClientTally> all, boolean hasEnded) {
    static final Clients NONE = new Clients(List.of(), false);

    /** To these no client can be added. */
    static final Clients ENDED = new Clients(List.of(), true);

    boolean isFull() {
      return all.size() == MOST_CLIENTS;
    }

    /** Counts a request of one of them; by number, for an iterator would be one more object. */
    boolean add(ClientAddress address, @Nullable String userAgent, long atMillis) {
      for (int i = 0; i < all.size(); i++) {
        ClientTally client = all.get(i);
        // One that makes room just now may have its successor behind it.
        if (client.is(address, userAgent) && client.requests().add(atMillis)) {
          return true;
        }
      }
      return false;
    }

    Clients with(ClientTally one) {
      return new Clients(Stream.concat(all.stream(), Stream.of(one)).toList(), false);
    }

    Clients withoutSilentOnes() {
      return new Clients(all.stream().filter(client -> !client.requests().close()).toList(), false);
    }
  }

  /**
   * What waits to be written down.
   *
   * @param clients those in {@code use}, in its order
   */
  record Unwritten(KeyTally tally, HourUse use, List<ClientTally> clients) {

    /** Takes off what {@code use} says, which is written now. */
    void written() {
      tally.requests.written(use.requests());
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).requests().written(use.clients().get(i).requests());
      }
    }
  }
}
