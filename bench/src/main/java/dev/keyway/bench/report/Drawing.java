package dev.keyway.bench.report;

import dev.keyway.bench.report.Chart.Bar;
import dev.keyway.bench.report.Chart.Owner;
import dev.keyway.bench.report.Chart.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart laid out in pixels, for whatever draws it. */
record Drawing(int width, int height, List<Shape> shapes) {
  static final String INK = "#1f2933";
  static final String FAINT = "#697386";
  static final String PAPER = "#ffffff";
  private static final String KEYWAY = "#2f6fde";
  private static final String OTHER = "#a9b4c4";

  private static final int WIDTH = 860;
  private static final int MARGIN = 24;
  private static final int LABELS = 250;
  private static final int FIGURES = 190;
  private static final int ROW = 26;
  private static final int BAR = 16;

  Drawing {
    shapes = List.copyOf(shapes);
  }

  /** What is drawn, in the order of drawing. */
  sealed interface Shape {}

  record Box(double x, double y, double width, double height, String colour) implements Shape {}

  /** The baseline of a text that begins, or ends, at x. */
  record Text(double x, double y, int size, Anchor anchor, String colour, String text)
      implements Shape {}

  /** Which end of a text stands at its x. */
  enum Anchor {
    START,
    END
  }

  static Drawing of(Chart chart) {
    var shapes = new ArrayList<Shape>();
    double y = MARGIN + 16;
    shapes.add(new Text(MARGIN, y, 17, Anchor.START, INK, chart.title()));
    y += 20;
    shapes.add(new Text(MARGIN, y, 12, Anchor.START, FAINT, chart.subtitle()));
    for (Panel panel : chart.panels()) {
      y += 34;
      shapes.add(new Text(MARGIN, y, 13, Anchor.START, INK, panel.title()));
      y += 10;
      for (Bar bar : panel.bars()) {
        addBar(shapes, panel, bar, y);
        y += ROW;
      }
    }
    int height = (int) y + MARGIN;
    shapes.addFirst(new Box(0, 0, WIDTH, height, PAPER));
    return new Drawing(WIDTH, height, shapes);
  }

  private static void addBar(List<Shape> shapes, Panel panel, Bar bar, double y) {
    double left = MARGIN + LABELS;
    double room = WIDTH - left - FIGURES - MARGIN;
    double scale = panel.longest() > 0 ? room / panel.longest() : 0;
    double middle = y + ROW / 2.0;
    double baseline = middle + 4;
    shapes.add(new Text(left - 10, baseline, 12, Anchor.END, INK, bar.label()));
    String colour = bar.owner() == Owner.KEYWAY ? KEYWAY : OTHER;
    shapes.add(new Box(left, middle - BAR / 2.0, bar.median() * scale, BAR, colour));
    if (bar.high() > bar.low()) {
      double length = (bar.high() - bar.low()) * scale;
      shapes.add(new Box(left + bar.low() * scale, middle - 0.75, length, 1.5, INK));
      shapes.add(new Box(left + bar.low() * scale - 0.75, middle - 4, 1.5, 8, INK));
      shapes.add(new Box(left + bar.high() * scale - 0.75, middle - 4, 1.5, 8, INK));
    }
    double beside = left + Math.max(bar.median(), bar.high()) * scale + 8;
    shapes.add(new Text(beside, baseline, 12, Anchor.START, INK, figure(panel, bar)));
  }

  private static String figure(Panel panel, Bar bar) {
    String median = String.format(Locale.ROOT, panel.format(), bar.median());
    return bar.high() > bar.low()
        ? String.format(
            Locale.ROOT,
            "%s (" + panel.format() + "-" + panel.format() + ")",
            median,
            bar.low(),
            bar.high())
        : median;
  }
}
