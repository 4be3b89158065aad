package dev.keyway.bench.report;

import dev.keyway.bench.measure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Markdown table whose columns also stand under each other in a terminal. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heading) {
    row(heading);
  }

  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  public String text() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append(line(rows.get(i), widths));
      if (i == 0) {
        text.append(rule(widths));
      }
    }
    return text.toString();
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      // Names to the left, figures to the right.
      String format = " %" + (i == 0 ? "-" : "") + Math.max(1, widths[i]) + "s |";
      line.append(String.format(Locale.ROOT, format, cells.get(i)));
    }
    return line.append('\n').toString();
  }

  private static String rule(int[] widths) {
    var line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append("-".repeat(widths[i] + 1)).append(i == 0 ? "-|" : ":|");
    }
    return line.append('\n').toString();
  }

  /** A median by a format. */
  public static String median(Series series, String format) {
    return String.format(Locale.ROOT, format, series.median());
  }

  /** A median with its lowest and highest, each by a format. */
  public static String spread(Series series, String format) {
    return String.format(
        Locale.ROOT,
        format + " (" + format + "-" + format + ")",
        series.median(),
        series.min(),
        series.max());
  }
}
