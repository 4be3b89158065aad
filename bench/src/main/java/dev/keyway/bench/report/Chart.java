package dev.keyway.bench.report;

import dev.keyway.bench.measure.Series;
import java.util.List;

/** Figures as bars, one panel under the other. */
public record Chart(String title, String subtitle, List<Panel> panels) {
  public Chart {
    panels = List.copyOf(panels);
  }

  /**
   * Bars that share an axis.
   *
   * @param format of a figure beside its bar
   */
  public record Panel(String title, String format, List<Bar> bars) {
    public Panel {
      bars = List.copyOf(bars);
    }

    double longest() {
      return bars.stream().mapToDouble(Bar::high).max().orElse(0);
    }
  }

  /** Whose a bar is, which is said by its colour. */
  public enum Owner {
    KEYWAY,
    OTHER
  }

  /** A median with the range of the rounds. */
  public record Bar(String label, Owner owner, double median, double low, double high) {
    /** The bar of a series; Keyway's are told by their names. */
    public static Bar of(String label, Series series) {
      Owner owner = label.startsWith("keyway") ? Owner.KEYWAY : Owner.OTHER;
      return new Bar(label, owner, series.median(), series.min(), series.max());
    }
  }
}
