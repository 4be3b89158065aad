package dev.keyway.core.memory;

import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.memory.Memory.Begun;
import dev.keyway.core.memory.Memory.IdempotentCall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class InMemoryIdempotency implements IdempotencyStore {
  private final Memory memory;

  InMemoryIdempotency(Memory memory) {
    this.memory = memory;
  }

  @Override
  public @Nullable Earlier begin(String caller, String key, String fingerprint, Instant at) {
    synchronized (memory) {
      var begun = new Begun(new Earlier(fingerprint, null, null), at);
      Begun earlier = memory.idempotentCalls.putIfAbsent(new IdempotentCall(caller, key), begun);
      return earlier == null ? null : earlier.call();
    }
  }

  @Override
  public void complete(String caller, String key, int status, String body) {
    synchronized (memory) {
      memory.idempotentCalls.computeIfPresent(
          new IdempotentCall(caller, key),
          (_, begun) ->
              new Begun(new Earlier(begun.call().fingerprint(), status, body), begun.at()));
    }
  }

  @Override
  public void abandon(String caller, String key) {
    synchronized (memory) {
      memory.idempotentCalls.remove(new IdempotentCall(caller, key));
    }
  }

  @Override
  public void interrupt(String caller, String key) {
    synchronized (memory) {
      memory.idempotentCalls.computeIfPresent(
          new IdempotentCall(caller, key), (_, begun) -> interrupted(begun));
    }
  }

  @Override
  public void markInterrupted(Instant begunBy) {
    synchronized (memory) {
      memory.idempotentCalls.replaceAll(
          (_, begun) -> begun.at().isAfter(begunBy) ? begun : interrupted(begun));
    }
  }

  private static Begun interrupted(Begun begun) {
    Earlier call = begun.call();
    return call.status() == null
        ? new Begun(new Earlier(call.fingerprint(), Earlier.INTERRUPTED, null), begun.at())
        : begun;
  }

  @Override
  public void forget(Instant before) {
    synchronized (memory) {
      memory.idempotentCalls.values().removeIf(begun -> begun.at().isBefore(before));
    }
  }
}
