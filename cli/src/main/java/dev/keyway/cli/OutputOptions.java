package dev.keyway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine.Option;

/** How a command answers: in words, as JSON, or with what a script needs and nothing else. */
public final class OutputOptions {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As most programs write it: two spaces, a blank after a colon, an item a line. */
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withArrayIndenter(new DefaultIndenter("  ", "\n"))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));

  @Option(
      names = "--json",
      description = "Answer with the API's JSON, which is documented and stable.")
  private boolean isJson;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say only what was asked for.")
  private boolean isQuiet;

  public boolean isJson() {
    return isJson;
  }

  public boolean isQuiet() {
    return isQuiet;
  }

  /** Answers with JSON. */
  static void print(Terminal terminal, JsonNode answer) {
    terminal.print(pretty(answer));
  }

  /** JSON for people. */
  public static String pretty(JsonNode node) {
    try {
      return JSON.writer(PRINTER).writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says a sentence unless only the answer is wanted. */
  void say(Terminal terminal, String sentence) {
    if (!isQuiet) {
      terminal.say(sentence);
    }
  }
}
