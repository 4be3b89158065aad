package dev.keyway.core.lease;

/** The protocol, and the ways to build it that look right and are not. */
enum Variant {
  /** As it is meant. */
  SOUND,
  /** Nobody's word is waited for; only time passes. */
  NO_ACKS,
  /** The lease is asked for after memory was read. */
  CHECK_AFTER_READ,
  /** A renewal counts from its answer. */
  LEASE_FROM_RECEIPT,
  /** Whoever waits counts from before the commit. */
  WAIT_FROM_BEFORE_COMMIT,
  /** A change removes what is in memory, and nothing keeps what was read before it out. */
  FILL_WITHOUT_GUARD,
  /** The store may be read at a state older than the one applied. */
  FILL_FROM_THE_PAST,
  /** The node says that it has applied what it is about to apply. */
  ACK_BEFORE_APPLY,
  /** A renewal counts before what it told of is applied. */
  EXTEND_BEFORE_APPLY,
  /** A join reads the head, and is entered later. */
  JOIN_WITHOUT_LOCK,
  /** A node that joins again keeps what it knew. */
  REJOIN_KEEPS_MEMORY,
  /** A node is shut out because somebody has waited for long. */
  FENCE_BY_IMPATIENCE,
  /** A node that was shut out renews its lease. */
  RENEW_DESPITE_FENCE,
  /** A node's clock runs slower than whoever waits for it allows for. */
  TOO_MUCH_DRIFT,
  /** The end of the lease is nothing to an exchange that is open. */
  STREAM_OUTLIVES_LEASE
}
