package dev.keyway.server.portal;

import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of the portal in its forms, plain and maybe gzip, each with its strong validator. */
final class PortalFile {
  /** Names below this folder change with the content. */
  private static final String HASHED = "assets/";

  /** A year, as long as the field is worth anything (RFC 9111, 5.3). */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String ASK_AGAIN = "no-cache";

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final Form plain;
  private final @Nullable Form gzip;
  private final String caching;

  private PortalFile(Form plain, @Nullable Form gzip, String caching) {
    this.plain = plain;
    this.gzip = gzip;
    this.caching = caching;
  }

  /**
   * A file.
   *
   * @param name its path below the portal's root
   * @param gzip its gzip form; null for none
   */
  static PortalFile of(String name, byte[] plain, byte @Nullable [] gzip) {
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    String mediaType = MEDIA_TYPES.getOrDefault(suffix, "application/octet-stream");
    return new PortalFile(
        Form.of(mediaType, plain),
        gzip == null ? null : Form.of(mediaType, gzip).with("Content-Encoding", "gzip"),
        name.startsWith(HASHED) ? FOR_EVER : ASK_AGAIN);
  }

  /** The form that the client takes, or 304 when it has that one. */
  Response answer(Request request) {
    boolean takesGzip = Accepted.names("gzip", request.headers("accept-encoding"));
    Form form = gzip != null && takesGzip ? gzip : plain;
    Response answer = form.answer(request).with("Cache-Control", caching);
    return gzip == null ? answer : answer.with("Vary", "Accept-Encoding");
  }

  /** One form of the file, as it is sent. */
  private record Form(String tag, Response whole) {

    static Form of(String mediaType, byte[] bytes) {
      String tag = '"' + digest(bytes) + '"';
      return new Form(tag, Response.bytes(200, mediaType, bytes).with("ETag", tag));
    }

    Form with(String header, String value) {
      return new Form(tag, whole.with(header, value));
    }

    Response answer(Request request) {
      return isKnown(request.headers("if-none-match"))
          ? Response.empty(304).with("ETag", tag)
          : whole;
    }

    /** Whether the client has this very form; compared weakly (RFC 9110, 13.1.2). */
    private boolean isKnown(List<String> fields) {
      return fields.stream()
          .flatMap(field -> Arrays.stream(field.split(",", -1)))
          .map(String::strip)
          .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }

    private static String digest(byte[] bytes) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
