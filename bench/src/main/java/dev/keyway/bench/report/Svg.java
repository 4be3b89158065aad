package dev.keyway.bench.report;

import dev.keyway.bench.report.Drawing.Anchor;
import dev.keyway.bench.report.Drawing.Box;
import dev.keyway.bench.report.Drawing.Shape;
import dev.keyway.bench.report.Drawing.Text;
import java.util.Locale;

/** Writes a drawing as SVG 1.1. */
final class Svg {
  private Svg() {}

  static String of(Drawing drawing, String title) {
    var svg = new StringBuilder();
    svg.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                + " role=\"img\" font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\">\n")
            .formatted(drawing.width(), drawing.height(), drawing.width(), drawing.height()));
    svg.append("  <title>").append(escaped(title)).append("</title>\n");
    drawing.shapes().forEach(shape -> svg.append("  ").append(element(shape)).append('\n'));
    return svg.append("</svg>\n").toString();
  }

  private static String element(Shape shape) {
    return switch (shape) {
      case Box box ->
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
              box.x(),
              box.y(),
              box.width(),
              box.height(),
              box.colour());
      case Text text ->
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
              text.x(),
              text.y(),
              text.size(),
              text.anchor() == Anchor.START ? "start" : "end",
              text.colour(),
              escaped(text.text()));
    };
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
