package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.Listener;
import dev.keyway.app.config.Tls;
import dev.keyway.app.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds files that other users of the machine can get at and should not. */
final class Exposure {
  private static final Set<PosixFilePermission> READ_BY_ANYONE =
      EnumSet.of(PosixFilePermission.OTHERS_READ);

  private static final Set<PosixFilePermission> REACHED_BY_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final List<String> warnings = new ArrayList<>();

  private Exposure() {}

  /**
   * Warnings, one line each.
   *
   * @param settings the file of the settings, which may be missing
   */
  static List<String> of(Path data, Path settings, Config config) {
    var exposure = new Exposure();
    exposure.check(data, REACHED_BY_OTHERS, "700", "holds the database");
    exposure.check(data.resolve("operator-key"), REACHED_BY_OTHERS, "600", "holds a key");
    exposure.check(settings, WRITTEN_BY_OTHERS, "go-w", "decides where keys go");
    exposure.checkKey(config.control().tls());
    exposure.checkKey(config.gateway().tls());
    Listener envoy = config.extAuthzListener();
    exposure.checkKey(envoy == null ? null : envoy.tls());
    return exposure.warnings;
  }

  private void checkKey(@Nullable Tls tls) {
    if (tls != null) {
      check(tls.key(), READ_BY_ANYONE, "o-r", "holds a private key");
    }
  }

  private void check(Path file, Set<PosixFilePermission> unwanted, String mode, String what) {
    var found = EnumSet.noneOf(PosixFilePermission.class);
    try {
      found.addAll(Files.getPosixFilePermissions(file));
    } catch (IOException | UnsupportedOperationException e) {
      // It is not there yet, or the file system knows no such permissions.
      return;
    }
    found.retainAll(unwanted);
    if (!found.isEmpty()) {
      String shown = YamlFile.shown(file);
      warnings.add(
          "%s %s and other users of this machine can %s it; run: chmod %s %s"
              .formatted(shown, what, verb(found), mode, shown));
    }
  }

  private static String verb(Set<PosixFilePermission> found) {
    boolean writes = found.stream().anyMatch(WRITTEN_BY_OTHERS::contains);
    return writes ? "change" : "read";
  }
}
