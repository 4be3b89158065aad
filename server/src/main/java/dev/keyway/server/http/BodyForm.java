package dev.keyway.server.http;

import dev.keyway.core.RefusedException.Invalid;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The one form of a body: JSON in UTF-8 (RFC 8259, 8.1), not compressed. */
final class BodyForm {
  private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?");
  private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*([^;]*)");
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final Set<String> UTF_8 = Set.of("utf-8", "\"utf-8\"");

  private BodyForm() {}

  /** Refuses a body that says it is of another form, or is. */
  static void require(MultiMap headers, byte[] body) {
    List<String> types = headers.getAll("Content-Type");
    if (types.size() != 1 || !isJsonInUtf8(types.getFirst().strip().toLowerCase(Locale.ROOT))) {
      throw unsupported("Send the body as application/json in UTF-8.");
    }
    for (String encoding : headers.getAll("Content-Encoding")) {
      if (!encoding.strip().equalsIgnoreCase("identity")) {
        throw unsupported("Send the body without a Content-Encoding.");
      }
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      if (text.charAt(0) == BYTE_ORDER_MARK || text.chars().anyMatch(c -> c == 0)) {
        // JSON holds no such character; UTF-16 and UTF-32 are full of them.
        throw Invalid.request("The body is not JSON in UTF-8.");
      }
    } catch (CharacterCodingException e) {
      throw Invalid.request("The body is not UTF-8.");
    }
  }

  private static boolean isJsonInUtf8(String type) {
    return JSON.matcher(type).matches()
        && CHARSET
            .matcher(type)
            .results()
            .allMatch(found -> UTF_8.contains(found.group(1).strip()));
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}
