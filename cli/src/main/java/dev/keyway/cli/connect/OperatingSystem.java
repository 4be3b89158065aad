package dev.keyway.cli.connect;

import java.util.Locale;

/** The systems that clients are described for. */
enum OperatingSystem {
  MACOS,
  WINDOWS,
  LINUX;

  static OperatingSystem here() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? MACOS : name.startsWith("windows") ? WINDOWS : LINUX;
  }

  /** Its name in the data file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its shell is PowerShell and not a POSIX one. */
  boolean hasPowerShell() {
    return this == WINDOWS;
  }
}
