package dev.keyway.core.lease.simulation;

/** Ways to build what surrounds the protocol that look right and are not. */
enum Mistake {
  /** As it is meant. */
  NONE,
  /** The node says that changes are applied while it is still about to. */
  EARLY_ACK,
  /** A change removes what is in memory, and nothing keeps out what was read before it. */
  FILL_WITHOUT_GUARD,
  /** What is read may be older than what is applied. */
  FILL_FROM_THE_PAST,
  /** A lease counts from its answer. */
  LEASE_FROM_RECEIPT,
  /** The end of the lease is nothing to an open stream. */
  STREAM_OUTLIVES_LEASE,
  /** A change counts as applied while its streams are still being cut. */
  CUT_NOT_AWAITED,
  /** A node is shut out because somebody has waited for long. */
  FENCE_BY_IMPATIENCE,
  /** A node that was shut out renews its lease. */
  RENEW_DESPITE_FENCE,
  /** A join and a change of rights do not wait for each other. */
  JOIN_WITHOUT_LOCK,
  /** A node that joins again keeps what it knew. */
  REJOIN_KEEPS_MEMORY,
  /** Longer leases are held to be over as soon as new ones are shorter. */
  LOWERING_TOO_EARLY,
  /** Nobody asks whether the server that tells of the nodes has the change. */
  BELIEVE_OLD_ROWS,
  /** Changes have numbers, and nothing else that tells them apart. */
  NO_MARKS,
  /** Changes are read that follow a number, whatever change had it. */
  READ_WITHOUT_MARK,
  /** A clock runs slower than whoever waits for it allows for. */
  TOO_MUCH_DRIFT
}
