package dev.keyway.server.portal;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hash in PHC string form, {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. */
final class Argon2Text {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{16,128})");

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  Argon2Text(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /** Reads the text form; a stored text that has it not is a bug. */
  static Argon2Text parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a stored password hash has not Argon2id's form");
    }
    var cost =
        new Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    var decoder = Base64.getDecoder();
    return new Argon2Text(cost, decoder.decode(parts.group(4)), decoder.decode(parts.group(5)));
  }

  Cost cost() {
    return cost;
  }

  byte[] salt() {
    return salt;
  }

  byte[] hash() {
    return hash;
  }

  /** Whether both are of one password, as far as one computation can tell: by one salt and cost. */
  boolean isSame(Argon2Text other) {
    return cost.equals(other.cost)
        && Arrays.equals(salt, other.salt)
        && MessageDigest.isEqual(hash, other.hash);
  }

  @Override
  public String toString() {
    var encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib,
            cost.passes,
            cost.lanes,
            encoder.encodeToString(salt),
            encoder.encodeToString(hash));
  }

  /** What a hash costs. */
  record Cost(int memoryKib, int passes, int lanes) {}
}
