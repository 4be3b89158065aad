package dev.keyway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.bench.measure.Series;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void text_isMarkdownWithAlignedColumns() {
    var table = new Table("who", "CPU");
    table.row("nginx", "9.5");
    table.row("us", "10.25");

    assertThat(table.text())
        .isEqualTo(
            """
            | who   |   CPU |
            |-------|------:|
            | nginx |   9.5 |
            | us    | 10.25 |
            """);
  }

  @Test
  void spread_isMedianWithLowestAndHighest() {
    assertThat(Table.spread(new Series(3, 1, 12_345), "%,.0f")).isEqualTo("3 (1-12,345)");
    assertThat(Table.median(new Series(3, 1, 2), "%.2f")).isEqualTo("2.00");
  }
}
