package dev.keyway.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.client.servlet.KeywayFilter;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the guide shows is what the tests run. */
final class GuideTest {
  private static final Path SOURCES = Path.of("src/test/java/dev/keyway/client/spring");

  private final String guide = text(Path.of("../../docs/guides/java.md"));

  @Test
  void javaInTheGuide_standsInSourcesThatCompile() {
    String sources =
        Stream.of("GuardedApplication.java", "GuideExamples.java")
            .map(name -> text(SOURCES.resolve(name)))
            .map(GuideTest::squeezed)
            .reduce("", String::concat);
    List<String> blocks = blocks("java");
    assertThat(blocks).hasSize(3);
    assertThat(blocks).allSatisfy(block -> assertThat(sources).contains(squeezed(block)));
  }

  @Test
  void propertiesInTheGuide_areTheTwoLines() throws IOException {
    Properties lines = new Properties();
    lines.load(new StringReader(blocks("properties").get(0)));
    assertThat(lines.stringPropertyNames()).containsOnly("keyway.url", "keyway.product");
  }

  @Test
  void xmlInTheGuide_namesTheFilterAndItsTwoParameters() {
    String xml = blocks("xml").get(0);
    assertThat(xml).contains("<filter-class>" + KeywayFilter.class.getName() + "<");
    assertThat(Pattern.compile("<param-name>(\\w+)<").matcher(xml).results())
        .extracting(found -> found.group(1))
        .containsExactly("url", "product");
  }

  private List<String> blocks(String language) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(guide)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
