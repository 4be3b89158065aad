package dev.keyway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keyway.bench.measure.Series;
import dev.keyway.bench.report.Chart.Bar;
import dev.keyway.bench.report.Chart.Owner;
import dev.keyway.bench.report.Chart.Panel;
import dev.keyway.bench.report.Drawing.Box;
import dev.keyway.bench.report.Drawing.Text;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final Chart CHART =
      new Chart(
          "CPU <per> request",
          "a & b",
          List.of(
              new Panel(
                  "microseconds",
                  "%.1f",
                  List.of(
                      Bar.of("keyway", new Series(10, 12, 20)),
                      Bar.of("nginx", new Series(10, 10, 10))))));

  @Test
  void bars_areInProportionToTheirMedians() {
    List<Box> bars = bars();

    assertThat(bars).hasSize(2);
    assertThat(bars.get(0).width() / bars.get(1).width()).isEqualTo(1.2, within(1e-9));
    assertThat(bars.get(0).x()).isEqualTo(bars.get(1).x());
  }

  @Test
  void everythingIsWithinThePaper() {
    Drawing drawing = Drawing.of(CHART);

    for (Drawing.Shape shape : drawing.shapes()) {
      switch (shape) {
        case Box box -> {
          assertThat(box.x() + box.width()).isLessThanOrEqualTo(drawing.width());
          assertThat(box.y() + box.height()).isLessThanOrEqualTo(drawing.height());
        }
        case Text text -> assertThat(text.y()).isBetween(0.0, (double) drawing.height());
      }
    }
  }

  @Test
  void figures_standBesideTheBarsAndRangesOnlyWhereThereAreAny() {
    List<String> texts =
        Drawing.of(CHART).shapes().stream()
            .filter(Text.class::isInstance)
            .map(shape -> ((Text) shape).text())
            .toList();

    assertThat(texts).contains("12.0 (10.0-20.0)", "10.0");
  }

  @Test
  void bar_isKeywaysByItsName() {
    assertThat(Bar.of("keyway gateway", new Series(1)).owner()).isEqualTo(Owner.KEYWAY);
    assertThat(Bar.of("nginx", new Series(1)).owner()).isEqualTo(Owner.OTHER);
  }

  @Test
  void svg_isXmlWithTheTextsAsTheyAre() throws Exception {
    String svg = Svg.of(Drawing.of(CHART), CHART.title());

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(document.getDocumentElement().getTextContent())
        .contains("CPU <per> request", "a & b");
  }

  @Test
  void png_isThePictureTwiceAsFine() throws Exception {
    Drawing drawing = Drawing.of(CHART);

    var image = ImageIO.read(new ByteArrayInputStream(Png.of(drawing)));

    assertThat(image.getWidth()).isEqualTo(2 * drawing.width());
    Box bar = bars().getFirst();
    int middle = image.getRGB((int) (2 * bar.x() + 6), (int) (2 * bar.y() + 6));
    assertThat("#%06x".formatted(middle & 0xffffff)).isEqualTo(bar.colour());
  }

  /** The bars are the boxes thicker than a line, without the paper. */
  private static List<Box> bars() {
    return Drawing.of(CHART).shapes().stream()
        .filter(Box.class::isInstance)
        .map(Box.class::cast)
        .filter(box -> box.x() > 0 && box.height() > 10)
        .toList();
  }
}
