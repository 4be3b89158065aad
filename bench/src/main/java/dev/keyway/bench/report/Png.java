package dev.keyway.bench.report;

import dev.keyway.bench.report.Drawing.Anchor;
import dev.keyway.bench.report.Drawing.Box;
import dev.keyway.bench.report.Drawing.Text;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Paints a drawing as PNG, twice as fine as its pixels; it needs a font, but no screen. */
final class Png {
  private static final int FINENESS = 2;

  private Png() {}

  static byte[] of(Drawing drawing) {
    System.setProperty("java.awt.headless", "true");
    var image =
        new BufferedImage(
            drawing.width() * FINENESS, drawing.height() * FINENESS, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(FINENESS, FINENESS);
    for (Drawing.Shape shape : drawing.shapes()) {
      switch (shape) {
        case Box box -> paint(graphics, box);
        case Text text -> paint(graphics, text);
      }
    }
    graphics.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void paint(Graphics2D graphics, Box box) {
    graphics.setColor(Color.decode(box.colour()));
    graphics.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
  }

  private static void paint(Graphics2D graphics, Text text) {
    graphics.setColor(Color.decode(text.colour()));
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, text.size()));
    int width = graphics.getFontMetrics().stringWidth(text.text());
    double x = text.anchor() == Anchor.START ? text.x() : text.x() - width;
    graphics.drawString(text.text(), (float) x, (float) text.y());
  }
}
