package dev.keyway.app.config;

import dev.keyway.app.yaml.Form;
import dev.keyway.app.yaml.Forms;
import dev.keyway.app.yaml.References;
import dev.keyway.core.apikey.Peppers;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The form of peppers: base64 by version, from the environment or a file. */
final class PepperForms {
  private static final int LEAST_BYTES = 32;

  private static final Form<String> VERSION =
      Forms.matching("[1-9][0-9]{0,4}", "a version: a whole number from 1");

  private PepperForms() {}

  static Form<Peppers> peppers(References references) {
    Form<Map<String, byte[]>> byVersion = Forms.mapOf(VERSION, _ -> pepper(references));
    return (node, mistakes) -> {
      Map<String, byte[]> read = byVersion.read(node, mistakes);
      if (read == null) {
        return null;
      }
      if (read.values().stream().map(ByteBuffer::wrap).distinct().count() < read.size()) {
        mistakes.add(node, "two versions have the same pepper; a new version needs a new one");
        return null;
      }
      var peppers = new HashMap<Integer, byte[]>();
      read.forEach((version, bytes) -> peppers.put(Integer.valueOf(version), bytes));
      return new Peppers(peppers);
    };
  }

  private static Form<byte[]> pepper(References references) {
    Form<String> text = references.only("a pepper");
    return (node, mistakes) -> {
      String encoded = text.read(node, mistakes);
      if (encoded == null) {
        return null;
      }
      byte[] bytes = decoded(encoded);
      if (bytes.length < LEAST_BYTES) {
        mistakes.add(
            node, "must be base64 of at least 32 bytes, such as `openssl rand -base64 32` prints");
        return null;
      }
      return bytes;
    };
  }

  private static byte[] decoded(String encoded) {
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
