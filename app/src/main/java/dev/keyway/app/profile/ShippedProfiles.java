package dev.keyway.app.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts of the profiles that come with the program. */
public final class ShippedProfiles {
  /** A jar cannot be listed like a folder, so the names are written here. */
  public static final List<String> NAMES = List.of("mecha", "meko", "memo", "memorylake");

  private ShippedProfiles() {}

  /** The profile as it is written, comments included. */
  public static String text(String name) {
    try (var in = ShippedProfiles.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalArgumentException("no shipped profile '" + name + "'");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own jar cannot be read", e);
    }
  }
}
