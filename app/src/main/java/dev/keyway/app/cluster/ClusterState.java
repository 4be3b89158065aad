package dev.keyway.app.cluster;

import java.time.Duration;

/**
 * A node among the others, for people.
 *
 * @param isHeld whether this node may decide
 * @param leaseLeft for how long without hearing from the database
 * @param lag changes that are committed and not applied here, as far as is known
 * @param nodes how many hold a lease or did until lately, this one included
 * @param behind those of them that have not said that they have applied what this node has
 */
public record ClusterState(boolean isHeld, Duration leaseLeft, long lag, int nodes, int behind) {
  /** That of a node without others, whose lease needs nobody. */
  static final ClusterState ALONE = new ClusterState(true, Duration.ZERO, 0, 1, 0);
}
