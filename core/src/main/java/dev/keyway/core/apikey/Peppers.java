package dev.keyway.core.apikey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

  /**
   * What tells each pepper from another one, by version: HMAC-SHA-256 of a fixed text under it. It
   * gives nothing away, because a pepper has at least 256 random bits.
   */
  public Map<Integer, byte[]> marks() {
    var marks = new TreeMap<Integer, byte[]>();
    byVersion.forEach((version, pepper) -> marks.put(version, mark(pepper)));
    return marks;
  }

  private static byte[] mark(byte[] pepper) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
      return mac.doFinal("keyway pepper mark".getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HmacSHA256", e);
    }
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
