package dev.keyway.client;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the forward-auth door answered. Whatever is not plainly Keyway's word is {@link
 * Decision.Unavailable}: a page of some proxy must neither open the application nor blame a key.
 */
final class DecisionReader {
  private static final Set<String> SAID_OF_A_REFUSAL =
      Set.of("content-type", "retry-after", "www-authenticate", "allow", "cache-control");
  private static final Set<String> SAID_OF_ALL =
      Set.of("vary", "keyway-request-id", "ratelimit", "ratelimit-policy");

  private DecisionReader() {}

  static Decision read(ForwardedRequest request, Reply reply) {
    if (reply instanceof Reply.None none) {
      return new Decision.Unavailable(none.reason(), ClientAnswer.cannotVerify(), none.cause());
    }
    return read(request, (Reply.Answer) reply);
  }

  private static Decision read(ForwardedRequest request, Reply.Answer answer) {
    int status = statusOf(answer);
    if (status < 0) {
      return foreign(answer);
    }
    if (answer.status() / 100 == 2) {
      Decision decision = status / 100 == 2 ? passed(request, answer, status) : null;
      return decision == null ? unavailable(UnavailableReason.FOREIGN_ANSWER) : decision;
    }
    String code = answer.only("Keyway-Code");
    if (code == null || status < 400) {
      return unavailable(UnavailableReason.FOREIGN_ANSWER);
    }
    return status >= 500
        ? new Decision.Unavailable(
            UnavailableReason.KEYWAY_CANNOT_DECIDE, undecided(answer, status), null)
        : new Decision.Refused(code, told(answer, status));
  }

  /** Whatever went wrong within Keyway, the client hears that it may come again, and when. */
  private static ClientAnswer undecided(Reply.Answer answer, int status) {
    return status == 503 && answer.only("Retry-After") != null
        ? told(answer, status)
        : ClientAnswer.cannotVerify(fields(answer.headers(), DecisionReader::isSaidOfAll));
  }

  private static @Nullable Decision passed(
      ForwardedRequest request, Reply.Answer answer, int status) {
    String code = answer.only("Keyway-Code");
    if ("preflight".equals(code) && request.isPreflight()) {
      return new Decision.Preflight(told(answer, status));
    }
    if (status != 200 || !"valid".equals(code)) {
      return null;
    }
    String key = answer.only("Keyway-Key-Id");
    String account = answer.only("Keyway-Account-Id");
    String id = answer.only("Keyway-Request-Id");
    if (key == null || account == null || id == null) {
      return null;
    }
    var identity =
        new KeywayIdentity(
            key,
            account,
            Optional.ofNullable(answer.only("Keyway-Workspace-Id")),
            Optional.ofNullable(answer.only("Keyway-Resource-Id")),
            id,
            Optional.ofNullable(answer.only("Keyway-Identity")));
    return new Decision.Allowed(identity, fields(answer.headers(), DecisionReader::isSaidOfAll));
  }

  private static Decision foreign(Reply.Answer answer) {
    if (answer.status() == 404) {
      return unavailable(UnavailableReason.DOOR_CLOSED);
    }
    if (answer.status() < 500) {
      return unavailable(UnavailableReason.FOREIGN_ANSWER);
    }
    return unavailable(
        answer.isOfKeyway()
            ? UnavailableReason.KEYWAY_CANNOT_DECIDE
            : UnavailableReason.SERVER_ERROR);
  }

  private static Decision unavailable(UnavailableReason reason) {
    return new Decision.Unavailable(reason, ClientAnswer.cannotVerify(), null);
  }

  /** The status as the client is to see it; -1 when the answer does not say. */
  private static int statusOf(Reply.Answer answer) {
    String status = answer.only("Keyway-Status");
    return status != null && status.matches("[2-5][0-9]{2}") ? Integer.parseInt(status) : -1;
  }

  private static ClientAnswer told(Reply.Answer answer, int status) {
    String body = status / 100 == 2 ? "" : answer.body();
    return new ClientAnswer(
        status,
        fields(answer.headers(), name -> isSaidOfAll(name) || SAID_OF_A_REFUSAL.contains(name)),
        body);
  }

  private static boolean isSaidOfAll(String name) {
    return SAID_OF_ALL.contains(name)
        || name.startsWith("access-control-")
        || name.startsWith("x-ratelimit-");
  }

  private static Map<String, List<String>> fields(HttpHeaders headers, Predicate<String> wanted) {
    Map<String, List<String>> chosen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers
        .map()
        .forEach((name, values) -> {
          if (wanted.test(name.toLowerCase(Locale.ROOT))) {
            chosen.put(name, List.copyOf(values));
          }
        });
    return chosen;
  }
}
