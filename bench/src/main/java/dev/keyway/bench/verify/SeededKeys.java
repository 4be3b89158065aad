package dev.keyway.bench.verify;

import java.util.List;

/** The keys in the store of a benchmark; they are worth nothing outside its folder. */
record SeededKeys(List<SeededKey> valid, List<SeededKey> revoked) {
  SeededKeys {
    valid = List.copyOf(valid);
    revoked = List.copyOf(revoked);
  }

  /** A key with its public id. */
  static final class SeededKey {
    private final String id;
    private final String secret;

    SeededKey(String id, String secret) {
      this.id = id;
      this.secret = secret;
    }

    String id() {
      return id;
    }

    String secret() {
      return secret;
    }

    @Override
    public String toString() {
      return id;
    }
  }
}
