package dev.keyway.bench.load;

import dev.keyway.bench.measure.Shell;
import java.util.List;
import java.util.regex.Pattern;

/** What programs say about their versions. */
public final class Versions {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+\\.[0-9][0-9A-Za-z.+~-]*");

  private Versions() {}

  /** The version in the first line that a program prints when asked for it. */
  public static String of(String program, String argument) {
    return number(Shell.output(List.of(program, argument)));
  }

  static String number(String output) {
    var number = NUMBER.matcher(output.lines().findFirst().orElse(""));
    return number.find() ? number.group() : "unknown";
  }
}
