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

  /** A thread's own: neither a look-up by name nor a copy for each digest. */
  private final ThreadLocal<Computation> computation = ThreadLocal.withInitial(this::computation);

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
    this.nobody = new KeyDigest(current, new byte[KeyDigest.LENGTH]);
  }

  /** The digest to store for a new key, under the newest pepper. */
  public KeyDigest digest(PresentedKey key) {
    byte[] bytes = computation.get().compute(current, key);
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
    byte[] bytes = computation.get().compute(stored.pepperVersion(), key);
    if (bytes == null) {
      return Match.PEPPER_MISSING;
    }
    return stored.matches(bytes) ? Match.SAME : Match.DIFFERENT;
  }

  /** Does the work of {@link #compare} for a key that nobody has, so that timing tells nothing. */
  public void compareWithNobody(PresentedKey key) {
    var _ = compare(key, nobody);
  }

  private Computation computation() {
    return new Computation(sha256, macs);
  }

  /** The outcome of a comparison. */
  public enum Match {
    SAME,
    DIFFERENT,
    /** The digest was made under a pepper this node does not hold: nothing can be said. */
    PEPPER_MISSING
  }

  /** Takes one digest after the other, on one thread. */
  private static final class Computation {
    private final Map<Integer, Mac> prototypes;
    private final Map<Integer, Mac> macs = new HashMap<>();
    private final MessageDigest sha256;
    private final byte[] bytes = new byte[KeyDigest.LENGTH];

    Computation(MessageDigest sha256, Map<Integer, Mac> prototypes) {
      this.prototypes = prototypes;
      try {
        this.sha256 = (MessageDigest) sha256.clone();
      } catch (CloneNotSupportedException e) {
        throw uncloneable(e);
      }
    }

    /** The digest, until the next one is taken; null when the pepper is not held. */
    byte @Nullable [] compute(int pepperVersion, PresentedKey key) {
      try {
        if (pepperVersion == KeyDigest.NO_PEPPER) {
          sha256.update(key.bytes(), key.secretFrom(), KeyFormat.SECRET_LENGTH);
          var _ = sha256.digest(bytes, 0, bytes.length);
          // Its buffer holds the secret until it is used again; HMAC clears its own.
          sha256.reset();
          return bytes;
        }
        Mac mac = mac(pepperVersion);
        if (mac == null) {
          return null;
        }
        mac.update(key.bytes(), key.secretFrom(), KeyFormat.SECRET_LENGTH);
        mac.doFinal(bytes, 0);
        return bytes;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("both make 32 bytes", e);
      }
    }

    private @Nullable Mac mac(int pepperVersion) {
      Mac mac = macs.get(pepperVersion);
      if (mac == null) {
        Mac prototype = prototypes.get(pepperVersion);
        if (prototype == null) {
          return null;
        }
        try {
          mac = (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
          throw uncloneable(e);
        }
        macs.put(pepperVersion, mac);
      }
      return mac;
    }

    private static IllegalStateException uncloneable(CloneNotSupportedException e) {
      return new IllegalStateException("the JDK's own digests can be cloned", e);
    }
  }
}
