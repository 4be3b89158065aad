package dev.keyway.core.apikey;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Takes and compares digests of keys' secrets, in constant time and with the same work for a known
 * and an unknown key.
 */
public final class KeyDigester {
  private final int current;
  private final MessageDigest sha256;
  private final Map<Integer, Mac> macs = new HashMap<>();
  private final KeyDigest nobody;

  public KeyDigester(Peppers peppers) {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
      for (int version : peppers.versions()) {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(peppers.get(version), "HmacSHA256"));
        macs.put(version, mac);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks SHA-256 or HmacSHA256", e);
    }
    this.current = peppers.current();
    this.nobody = new KeyDigest(current, new byte[32]);
  }

  /** The digest to store for a new key, under the newest pepper. */
  public KeyDigest digest(PresentedKey key) {
    byte[] bytes = compute(current, key);
    if (bytes == null) {
      throw new IllegalStateException("the current pepper is always held");
    }
    return new KeyDigest(current, bytes);
  }

  /** Whether a digest was made under a pepper that is held and not the newest. */
  boolean isOutdated(KeyDigest stored) {
    int version = stored.pepperVersion();
    return version != current && (version == KeyDigest.NO_PEPPER || macs.containsKey(version));
  }

  /** Compares a presented key with what is stored. */
  public Match compare(PresentedKey key, KeyDigest stored) {
    byte[] bytes = compute(stored.pepperVersion(), key);
    if (bytes == null) {
      return Match.PEPPER_MISSING;
    }
    return stored.matches(bytes) ? Match.SAME : Match.DIFFERENT;
  }

  /** Does the work of {@link #compare} for a key that nobody has, so that timing tells nothing. */
  public void compareWithNobody(PresentedKey key) {
    compare(key, nobody);
  }

  private byte @Nullable [] compute(int pepperVersion, PresentedKey key) {
    try {
      // Clones of a prototype: cheaper than a look-up by name, and safe on any thread.
      if (pepperVersion == KeyDigest.NO_PEPPER) {
        var digest = (MessageDigest) sha256.clone();
        digest.update(key.bytes(), key.secretFrom(), KeyFormat.SECRET_LENGTH);
        return digest.digest();
      }
      Mac prototype = macs.get(pepperVersion);
      if (prototype == null) {
        return null;
      }
      var mac = (Mac) prototype.clone();
      mac.update(key.bytes(), key.secretFrom(), KeyFormat.SECRET_LENGTH);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own digests can be cloned", e);
    }
  }

  /** The outcome of a comparison. */
  public enum Match {
    SAME,
    DIFFERENT,
    /** The digest was made under a pepper this node does not hold: nothing can be said. */
    PEPPER_MISSING
  }
}
