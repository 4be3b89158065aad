package dev.keyway.client;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the verify call answered; what is not plainly a verdict is no verdict. */
final class VerificationReader {
  private static final Set<String> DENIALS =
      Set.of(
          "malformed",
          "not_found",
          "revoked",
          "deactivated",
          "expired",
          "wrong_product",
          "plan_required",
          "out_of_scope",
          "rate_limited");

  private VerificationReader() {}

  static Verification read(Reply reply) {
    if (reply instanceof Reply.None none) {
      return new Verification.Unavailable(none.reason(), none.cause());
    }
    Reply.Answer answer = (Reply.Answer) reply;
    return switch (answer.status()) {
      case 200 -> verdict(answer);
      case 401, 403 -> unavailable(UnavailableReason.OPERATOR_KEY_REFUSED, null);
      default -> unavailable(reason(answer), null);
    };
  }

  private static UnavailableReason reason(Reply.Answer answer) {
    if (answer.status() != 429 && answer.status() < 500) {
      return UnavailableReason.FOREIGN_ANSWER;
    }
    return answer.isOfKeyway()
        ? UnavailableReason.KEYWAY_CANNOT_DECIDE
        : UnavailableReason.SERVER_ERROR;
  }

  private static Verification verdict(Reply.Answer answer) {
    try {
      Map<String, String> values = FlatJson.read(answer.body());
      String code = values.getOrDefault("code", "");
      boolean valid = "true".equals(values.get("valid"));
      if (valid && code.equals("valid")) {
        return valid(values);
      }
      if (!valid && DENIALS.contains(code)) {
        return new Verification.Invalid(code, retryAfter(answer));
      }
      return unavailable(UnavailableReason.FOREIGN_ANSWER, null);
    } catch (IOException | DateTimeException e) {
      return unavailable(UnavailableReason.FOREIGN_ANSWER, e);
    }
  }

  private static Verification valid(Map<String, String> values) throws IOException {
    return new Verification.Valid(
        required(values, "key.id"),
        required(values, "key.product"),
        required(values, "key.scope.kind"),
        required(values, "key.scope.id"),
        Optional.ofNullable(values.get("account.id")),
        Optional.ofNullable(values.get("workspace.id")),
        Optional.ofNullable(values.get("key.expires_at")).map(Instant::parse));
  }

  private static String required(Map<String, String> values, String path) throws IOException {
    String value = values.get(path);
    if (value == null) {
      throw new IOException("the answer lacks " + path);
    }
    return value;
  }

  private static Optional<Duration> retryAfter(Reply.Answer answer) {
    String seconds = answer.only("Retry-After");
    return seconds != null && seconds.matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
        : Optional.empty();
  }

  private static Verification unavailable(UnavailableReason reason, @Nullable Throwable cause) {
    return new Verification.Unavailable(reason, cause);
  }
}
