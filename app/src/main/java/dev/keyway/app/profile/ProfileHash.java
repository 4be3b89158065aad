package dev.keyway.app.profile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** The hash by which two nodes learn whether they run the same profiles. */
final class ProfileHash {
  private ProfileHash() {}

  /** SHA-256 over the texts by slug, each behind its name and length so that no two sets meet. */
  static String of(SortedMap<String, String> textBySlug) {
    MessageDigest digest = sha256();
    textBySlug.forEach((slug, text) -> {
      // An editor's or a checkout's line ends do not make another profile.
      byte[] content = text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
      digest.update((slug + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(content);
    });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
