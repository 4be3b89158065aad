package dev.keyway.core.change;

/**
 * Something that decisions depend on and that changes: a key, or what stands behind it.
 *
 * @param id the whole public id, such as {@code key_…}
 */
public record Entity(Kind kind, String id) {

  /** The kinds of things a change can touch. */
  public enum Kind {
    KEY(1),
    ACCOUNT(2),
    WORKSPACE(3),
    RESOURCE(4),
    OPERATOR_KEY(5);

    private final int salt;

    Kind(int salt) {
      this.salt = salt;
    }

    /** Keeps equal ids of two kinds in different slots. */
    int salt() {
      return salt;
    }
  }
}
