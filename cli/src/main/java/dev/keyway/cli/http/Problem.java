package dev.keyway.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import org.jspecify.annotations.Nullable;

/** What a refusal says (RFC 9457), in the words that a command answers with. */
final class Problem {
  private Problem() {}

  static CliException of(int status, JsonNode body, @Nullable String retryAfter) {
    String code = body.path("code").asText("");
    String title = body.path("title").asText("the server answered " + status);
    String detail = body.path("detail").asText("");
    var text = new StringBuilder(title.isEmpty() ? "refused" : withoutStop(title));
    if (!detail.isEmpty()) {
      text.append(": ").append(withoutStop(detail));
    }
    if (retryAfter != null && retryAfter.chars().allMatch(Character::isDigit)) {
      text.append("; try again in ").append(retryAfter).append(" s");
    }
    if (!code.isEmpty()) {
      text.append(" (").append(code).append(')');
    }
    return new CliException(ExitCode.ofStatus(status), text.toString());
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
