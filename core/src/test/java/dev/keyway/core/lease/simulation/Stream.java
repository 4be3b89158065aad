package dev.keyway.core.lease.simulation;

import dev.keyway.core.verify.Exchange;
import dev.keyway.core.verify.OpenExchanges;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An answer that goes on for a while under one key, piece by piece. */
final class Stream implements Exchange {
  private static final long PAUSE = 6_000;

  private final Site site;
  private final OpenExchanges exchanges;
  private final int key;
  private final int number;
  private final long silence;
  private final CompletableFuture<Void> silent = new CompletableFuture<>();
  private int left;
  private boolean isCut;

  /**
   * A stream that has not begun.
   *
   * @param number of the stream on its node
   * @param silence how long it takes to fall silent once it is cut
   * @param pieces how many it would deliver
   */
  Stream(Site site, OpenExchanges exchanges, int key, int number, long silence, int pieces) {
    this.site = site;
    this.exchanges = exchanges;
    this.key = key;
    this.number = number;
    this.silence = silence;
    this.left = pieces;
  }

  void flow() {
    site.machine().after(site.chance().between(1, PAUSE), this::piece);
  }

  /** Whoever waits for its silence must wait: until then what was under way may still pass. */
  private void piece() {
    boolean mayPass = exchanges.mayGoOn() || site.mistake() == Mistake.STREAM_OUTLIVES_LEASE;
    if (silent.isDone() || left == 0 || !mayPass) {
      exchanges.leave(this);
      silent.complete(null);
      return;
    }
    left--;
    site.history().delivered(site.number(), key);
    flow();
  }

  @Override
  public CompletionStage<?> cut() {
    if (!isCut) {
      isCut = true;
      site.machine().after(silence, () -> silent.complete(null));
    }
    return silent;
  }

  /** Not by address, so that a run can be repeated. */
  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }
}
