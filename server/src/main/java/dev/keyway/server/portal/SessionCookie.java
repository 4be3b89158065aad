package dev.keyway.server.portal;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SignedIn;
import dev.keyway.server.http.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that carries a session (RFC 6265): bound to the host and to TLS where the control's
 * public URL is https.
 */
public final class SessionCookie {
  private static final String SECURE_NAME = "__Host-keyway";
  private static final String PLAIN_NAME = "keyway_session";

  private final String name;
  private final String attributes;

  private SessionCookie(String name, String attributes) {
    this.name = name;
    this.attributes = attributes;
  }

  /** The cookie of a control listener under {@code publicUrl}. */
  public static SessionCookie under(String publicUrl) {
    String attributes = "; Path=/; HttpOnly; SameSite=Lax";
    return publicUrl.startsWith("https:")
        ? new SessionCookie(SECURE_NAME, attributes + "; Secure")
        : new SessionCookie(PLAIN_NAME, attributes);
  }

  /**
   * The value a request carries; null for none.
   *
   * @throws Invalid when it carries several: one of them may be planted
   */
  public @Nullable String read(Request request) {
    List<String> values = new ArrayList<>();
    for (String header : request.headers("Cookie")) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          values.add(pair.substring(equals + 1).strip());
        }
      }
    }
    if (values.size() > 1) {
      throw Invalid.request("The cookie " + name + " was sent more than once.");
    }
    return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
  }

  /** The {@code Set-Cookie} value that begins a session. */
  String begin(SignedIn signedIn) {
    return name
        + "="
        + signedIn.token().reveal()
        + "; Max-Age="
        + Session.LIFE.toSeconds()
        + attributes;
  }

  /** The {@code Set-Cookie} value that ends it. */
  public String end() {
    return name + "=; Max-Age=0" + attributes;
  }
}
