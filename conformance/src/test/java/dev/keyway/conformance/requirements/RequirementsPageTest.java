package dev.keyway.conformance.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/requirements.md} says of each requirement number which test proves it and what is
 * open. It is made from the tests' display names; run with {@code -Dkeyway.golden=write} to write
 * it anew.
 */
final class RequirementsPageTest {

  private static final Path PAGE = Program.root().resolve("docs/requirements.md");

  private final Proofs proofs = Proofs.scan(Program.root());
  private final List<Requirement> requirements =
      Resource.text("requirements.tsv").lines().map(Requirement::parse).toList();

  private record Requirement(String number, String behaviour, String open) {

    static Requirement parse(String line) {
      String[] fields = line.split("\t", 3);
      return new Requirement(fields[0], fields[1], fields[2].strip());
    }
  }

  @Test
  void page_isWhatTheTestsSay() throws IOException {
    if (System.getProperty("keyway.golden", "").equals("write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).as("run with -Dkeyway.golden=write").isEqualTo(page());
  }

  @Test
  void number_withoutATest_saysWhatItWaitsFor() {
    assertThat(requirements)
        .hasSize(41)
        .allSatisfy(one ->
            assertThat(one.open().isEmpty() && proofs.of(one.number()).isEmpty())
                .as(one.number())
                .isFalse());
  }

  @Test
  void numbers_thatTestsQuote_exist() {
    assertThat(requirements.stream().map(Requirement::number)).containsAll(proofs.numbers());
  }

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Requirements and the tests that prove them

            Made from the tests' display names by `RequirementsPageTest`; do not edit by hand. *How* is what the proof ran on.

            | no. | behaviour | proven by | how | open |
            |---|---|---|---|---|
            """);
    requirements.forEach(one -> page.append(row(one)));
    long proven = requirements.stream().filter(one -> !proofs.of(one.number()).isEmpty()).count();
    return page.append("\n%d of %d numbers have a test.\n".formatted(proven, requirements.size()))
        .toString();
  }

  private String row(Requirement one) {
    List<String> tests = proofs.of(one.number()).stream().map(test -> "`" + test + "`").toList();
    String how =
        tests.isEmpty()
            ? "–"
            : proofs.hasBrowser(one.number()) ? "one node, a real browser" : "one node";
    String by = tests.isEmpty() ? "–" : String.join("<br>", tests);
    String open = one.open().isEmpty() ? "" : one.open();
    return "| %s | %s | %s | %s | %s |\n".formatted(one.number(), one.behaviour(), by, how, open);
  }
}
