package dev.keyway.core;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code If-Match} asks of the version a change finds (RFC 9110, 13.1.1).
 *
 * @param versions the only versions to change; null to change any
 */
public record Precondition(@Nullable Set<Long> versions) {
  public static final Precondition NONE = new Precondition(null);

  public Precondition {
    versions = versions == null ? null : Set.copyOf(versions);
  }

  /** Asks for one version. */
  public Precondition(long version) {
    this(Set.of(version));
  }

  /** Refuses the change when {@code found} is no version asked for. */
  public void check(long found) {
    if (versions != null && !versions.contains(found)) {
      throw new RefusedException.PreconditionFailed();
    }
  }

  /**
   * Refuses the change when {@code found} is no version asked for, unless there is nothing left to
   * change: then the call may have been made before and not been confirmed (RFC 9110, 13.1.1).
   */
  public <T> void check(long found, T before, T after) {
    if (!before.equals(after)) {
      check(found);
    }
  }

  /** Refuses the change of a thing that has no versions, unless any will do. */
  public void checkUnversioned() {
    if (versions != null) {
      throw new RefusedException.PreconditionFailed();
    }
  }
}
