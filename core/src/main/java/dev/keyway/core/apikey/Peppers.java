package dev.keyway.core.apikey;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets mixed into digests and kept outside the database, by version.
 *
 * <p>The greatest version makes new digests; the others still check old ones, so that peppers can
 * rotate.
 */
public final class Peppers {
  private final TreeMap<Integer, byte[]> byVersion = new TreeMap<>();

  /**
   * The peppers held.
   *
   * @throws IllegalArgumentException for a version below 1 or a pepper under 32 bytes
   */
  public Peppers(Map<Integer, byte[]> byVersion) {
    byVersion.forEach((version, pepper) -> {
      if (version < 1 || pepper.length < 32) {
        throw new IllegalArgumentException(
            "pepper " + version + ": versions begin at 1 and a pepper has at least 32 bytes");
      }
      this.byVersion.put(version, pepper.clone());
    });
  }

  /** No pepper at all: digests are plain SHA-256. */
  public static Peppers none() {
    return new Peppers(Map.of());
  }

  /** The versions held, without {@link KeyDigest#NO_PEPPER}. */
  public Set<Integer> versions() {
    return Set.copyOf(byVersion.keySet());
  }

  int current() {
    return byVersion.isEmpty() ? KeyDigest.NO_PEPPER : byVersion.lastKey();
  }

  byte @Nullable [] get(int version) {
    return byVersion.get(version);
  }

  @Override
  public String toString() {
    return "Peppers" + byVersion.keySet();
  }
}
