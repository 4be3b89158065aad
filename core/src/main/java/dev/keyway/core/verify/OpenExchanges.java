package dev.keyway.core.verify;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.lease.Lease;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The exchanges under way on this node and the keys they run under, so that a narrowing change can
 * cut them before its call returns (MEKO-8, ALL-3).
 *
 * <p>Why none slips through: a change raises the slots first and then walks the exchanges; an
 * exchange enters first and then looks at the slots. Whichever comes second sees the other. The end
 * of the lease is like a change that concerns all.
 */
public final class OpenExchanges {
  private final Map<Exchange, VerifiableKey> open = new ConcurrentHashMap<>();
  private final ChangeSlots slots;
  private final Lease lease;

  public OpenExchanges(ChangeSlots slots, Lease lease) {
    this.slots = slots;
    this.lease = lease;
  }

  /**
   * Enters an exchange under the key it was allowed for.
   *
   * @return false when the key has changed since, or the lease is over; the exchange is then not
   *     entered, and the key has to be verified again
   */
  public boolean enter(Exchange exchange, VerifiableKey key) {
    open.put(exchange, key);
    if (lease.isHeld() && key.isCurrent(slots)) {
      return true;
    }
    open.remove(exchange);
    return false;
  }

  /**
   * Whether what has been entered and not been cut may go on: after the end of the lease it may
   * not, even before {@link #cutAll} has reached it. For the event loop, before each piece of data.
   */
  public boolean mayGoOn() {
    return lease.isHeld();
  }

  /** Leaves; to be called when the exchange has ended, however it did. */
  public void leave(Exchange exchange) {
    open.remove(exchange);
  }

  /** Cuts every exchange that a change concerns; completes when all of them are silent. */
  public CompletionStage<?> cut(Change change) {
    return cut(key -> change.entities().stream().anyMatch(key::dependsOn));
  }

  /** Cuts every exchange whose key is no longer valid at an instant. */
  public CompletionStage<?> cutExpired(long nowMillis) {
    return cut(key -> nowMillis >= key.expiresAtMillis());
  }

  /** Cuts all: this node may not know any more which of them are still allowed. */
  public CompletionStage<?> cutAll() {
    return cut(_ -> true);
  }

  /** How many exchanges are under way. */
  public int size() {
    return open.size();
  }

  private CompletionStage<?> cut(Predicate<VerifiableKey> concerned) {
    var cuts =
        open.entrySet().stream()
            .filter(entry -> concerned.test(entry.getValue()))
            .map(entry -> cutSurely(entry.getKey()))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(cuts);
  }

  /** One exchange that cannot be cut must not keep the others open. */
  private static CompletableFuture<?> cutSurely(Exchange exchange) {
    try {
      return exchange.cut().toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
