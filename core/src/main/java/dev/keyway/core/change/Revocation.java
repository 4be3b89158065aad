package dev.keyway.core.change;

import java.time.Instant;

/**
 * What the caller of a change of rights is told: since when it holds, and on how many nodes.
 *
 * @param seq the change's place in the sequence
 * @param effectiveAt from here on no node decides on the older state (ALL-3)
 */
public record Revocation(
    long seq,
    Instant committedAt,
    Instant effectiveAt,
    int keysAffected,
    int nodesConfirmed,
    int nodesTotal) {}
