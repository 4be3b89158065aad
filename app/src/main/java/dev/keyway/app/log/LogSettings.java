package dev.keyway.app.log;

/**
 * How the program logs.
 *
 * @param level the least grave event of Keyway's own that is written; of others only warnings are
 */
public record LogSettings(Format format, Level level) {
  /** For people, at the level that tells what happened and not how. */
  public static final LogSettings DEFAULT = new LogSettings(Format.TEXT, Level.INFO);

  /** What a line looks like. */
  public enum Format {
    TEXT,
    JSON
  }

  /** How grave an event is. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
