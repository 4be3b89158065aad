package dev.keyway.server.door;

import dev.keyway.server.http.Problem;
import dev.keyway.server.http.ProblemCode;
import dev.keyway.server.http.RequestIds;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer that refuses a request, ready but for the request's id. */
public final class Refusal {
  private static final String PLACEHOLDER = "#".repeat(RequestIds.LENGTH);

  private final ProblemCode code;
  private final byte[] template;
  private final int idAt;
  private final CharSequence length;
  private final CharSequence statusText;
  private final @Nullable CharSequence challenge;

  public Refusal(
      String controlUrl, ProblemCode code, String detail, @Nullable CharSequence challenge) {
    this.code = code;
    this.template = new Problem(code, detail, PLACEHOLDER).toJson(controlUrl);
    // Every byte before it is one character of Latin-1, where an index counts both.
    this.idAt = new String(template, StandardCharsets.ISO_8859_1).lastIndexOf(PLACEHOLDER);
    this.length = HttpHeaders.createOptimized(Integer.toString(template.length));
    this.statusText = HttpHeaders.createOptimized(Integer.toString(code.status()));
    this.challenge = challenge;
  }

  public ProblemCode code() {
    return code;
  }

  public int status() {
    return code.status();
  }

  CharSequence statusText() {
    return statusText;
  }

  /** The body's length in bytes, whatever the id. */
  public CharSequence length() {
    return length;
  }

  /** What {@code WWW-Authenticate} says; null when the key is not the matter. */
  public @Nullable CharSequence challenge() {
    return challenge;
  }

  public Buffer body(String requestId) {
    byte[] body = template.clone();
    for (int i = 0; i < RequestIds.LENGTH; i++) {
      body[idAt + i] = (byte) requestId.charAt(i);
    }
    return Buffer.buffer(body);
  }
}
