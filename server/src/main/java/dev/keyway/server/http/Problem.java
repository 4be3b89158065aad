package dev.keyway.server.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says what went wrong and what to do (RFC 9457).
 *
 * @param detail shown to callers; never holds a secret
 * @param requestId under which logs and the trail know the call
 * @param limit the limit that refuses, as a member of the body; null for none
 */
public record Problem(
    ProblemCode code, String detail, String requestId, @Nullable JsonObject limit) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Where the types of problems are described, below the control's public URL. */
  public static final String PATH = "/problems/";

  /** A problem that no limit makes. */
  public Problem(ProblemCode code, String detail, String requestId) {
    this(code, detail, requestId, null);
  }

  /**
   * The body.
   *
   * @param publicUrl the control listener's public URL, without a slash at its end
   */
  public byte[] toJson(String publicUrl) {
    var json = new StringBuilder(256).append('{');
    member(json, "type", publicUrl + PATH + code.text()).append(',');
    member(json, "title", code.title()).append(',');
    json.append("\"status\":").append(code.status()).append(',');
    member(json, "detail", detail).append(',');
    member(json, "code", code.text()).append(',');
    member(json, "request_id", requestId);
    if (limit != null) {
      json.append(",\"limit\":").append(new String(limit.toBytes(), StandardCharsets.UTF_8));
    }
    json.append('}');
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static StringBuilder member(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    return json.append('"');
  }
}
