package dev.keyway.conformance.cluster;

import java.time.Duration;

/** What can become of a node's way to the database, so that no renewal is done in time. */
enum BrokenWay {
  VOID,
  NO_ANSWERS,
  SLOW,
  TRICKLE,
  CUT;

  /** Breaks it, until it is healed. */
  void spoil(TcpProxy way) {
    switch (this) {
      case VOID -> way.hold();
      // A renewal counts from when it was sent: that the server has granted it helps nobody.
      case NO_ANSWERS -> way.holdAnswers();
      case SLOW -> way.slow(Fleet.LEASE.multipliedBy(2));
      case TRICKLE -> way.trickle(Duration.ofMillis(100));
      case CUT -> way.cut();
    }
  }
}
