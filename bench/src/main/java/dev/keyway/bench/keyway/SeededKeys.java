package dev.keyway.bench.keyway;

import java.util.List;

/** The keys in the store of a benchmark; they are worth nothing outside its folder. */
public record SeededKeys(List<SeededKey> valid, List<SeededKey> revoked) {
  public SeededKeys {
    valid = List.copyOf(valid);
    revoked = List.copyOf(revoked);
  }

  /** A key with its public id. */
  public static final class SeededKey {
    private final String id;
    private final String secret;

    SeededKey(String id, String secret) {
      this.id = id;
      this.secret = secret;
    }

    public String id() {
      return id;
    }

    public String secret() {
      return secret;
    }

    @Override
    public String toString() {
      return id;
    }
  }
}
