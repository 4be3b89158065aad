package dev.keyway.core.lease;

/**
 * A node that is entered in the store and not fenced.
 *
 * @param id the node's incarnation
 * @param number of its last renewal
 * @param acked the last change that it has applied
 */
public record NodeRow(String id, long number, long acked) {}
