package dev.keyway.server.gateway;

import dev.keyway.server.http.Problem;
import dev.keyway.server.http.ProblemCode;
import dev.keyway.server.http.RequestIds;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer that refuses a request, ready but for the request's id. */
final class Refusal {
  private static final String PLACEHOLDER = "#".repeat(RequestIds.LENGTH);

  private final ProblemCode code;
  private final byte[] template;
  private final int idAt;
  private final CharSequence length;
  private final @Nullable CharSequence challenge;

  Refusal(String controlUrl, ProblemCode code, String detail, @Nullable CharSequence challenge) {
    this.code = code;
    this.template = new Problem(code, detail, PLACEHOLDER).toJson(controlUrl);
    // Every byte before it is one character of Latin-1, where an index counts both.
    this.idAt = new String(template, StandardCharsets.ISO_8859_1).lastIndexOf(PLACEHOLDER);
    this.length = HttpHeaders.createOptimized(Integer.toString(template.length));
    this.challenge = challenge;
  }

  ProblemCode code() {
    return code;
  }

  int status() {
    return code.status();
  }

  /** The body's length in bytes, whatever the id. */
  CharSequence length() {
    return length;
  }

  /** What {@code WWW-Authenticate} says; null when the key is not the matter. */
  @Nullable CharSequence challenge() {
    return challenge;
  }

  Buffer body(String requestId) {
    byte[] body = template.clone();
    for (int i = 0; i < RequestIds.LENGTH; i++) {
      body[idAt + i] = (byte) requestId.charAt(i);
    }
    return Buffer.buffer(body);
  }
}
