package dev.keyway.server.portal;

import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import dev.keyway.server.http.SharedBody;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of the portal in its forms, plain and maybe gzip, each with its strong validator. */
final class PortalFile {
  /** The form of a name that changes with the content: a dash and eight characters at its end. */
  private static final Pattern HASHED = Pattern.compile("assets/.*-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

  /** A year, as long as the field is worth anything (RFC 9111, 5.3). */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String ASK_AGAIN = "no-cache";

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
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
  private final Map<String, String> headers;

  private PortalFile(Form plain, @Nullable Form gzip, Map<String, String> headers) {
    this.plain = plain;
    this.gzip = gzip;
    this.headers = headers;
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
    String caching = HASHED.matcher(name).matches() ? FOR_EVER : ASK_AGAIN;
    return new PortalFile(
        Form.of(mediaType, plain),
        gzip == null ? null : Form.of(mediaType, gzip).with("Content-Encoding", "gzip"),
        Map.of("Cache-Control", caching, "Vary", "Accept-Encoding"));
  }

  /** The same file with more headers, or other values for them. */
  PortalFile with(Map<String, String> additional) {
    Map<String, String> more = new HashMap<>(headers);
    more.putAll(additional);
    return new PortalFile(plain, gzip, more);
  }

  /**
   * The form that the client takes, or 304 when it has that one. The headers come with both: what a
   * browser keeps of the whole answer is replaced by what a 304 says (RFC 9111, 4.3.4).
   */
  Response answer(Request request) {
    boolean takesGzip = Accepted.names("gzip", request.headers("accept-encoding"));
    Form form = gzip != null && takesGzip ? gzip : plain;
    return form.answer(request).with(headers);
  }

  /** One form of the file, as it is sent. */
  private static final class Form {
    private final byte[] bytes;
    private final Response whole;

    /**
     * Found out when it is first asked for, because a start must not wait for it. Threads that race
     * find the same.
     */
    private @Nullable String tag;

    private Form(byte[] bytes, Response whole) {
      this.bytes = bytes;
      this.whole = whole;
    }

    static Form of(String mediaType, byte[] bytes) {
      return new Form(bytes, Response.shared(200, mediaType, new SharedBody(bytes)));
    }

    Form with(String header, String value) {
      return new Form(bytes, whole.with(header, value));
    }

    Response answer(Request request) {
      boolean isKnown = isKnown(request.headers("if-none-match"));
      return (isKnown ? Response.empty(304) : whole).with("ETag", tag());
    }

    /** Whether the client has this very form; compared weakly (RFC 9110, 13.1.2). */
    private boolean isKnown(List<String> fields) {
      return fields.stream()
          .flatMap(field -> Arrays.stream(field.split(",", -1)))
          .map(String::strip)
          .anyMatch(
              known -> known.equals("*") || known.equals(tag()) || known.equals("W/" + tag()));
    }

    private String tag() {
      String known = tag;
      if (known == null) {
        known = '"' + digest(bytes) + '"';
        tag = known;
      }
      return known;
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
