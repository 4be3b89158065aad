package dev.keyway.cli.config;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server and one key that the command line knows by a name. It holds no secret.
 *
 * @param name letters, digits, {@code -} and {@code _}
 * @param server the address of the control listener, or null while none is known
 * @param keyId the key's public id, for people
 * @param product the key's product
 * @param allowsHttp whether the key may be sent over a network without TLS
 */
public record Profile(
    String name,
    @Nullable URI server,
    @Nullable String keyId,
    @Nullable String product,
    boolean allowsHttp) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  /** The profile's name where none is said. */
  public static final String DEFAULT = "default";

  /** A profile of which only the name is known. */
  public static Profile named(String name) {
    return new Profile(name, null, null, null, false);
  }

  /** Whether a text can be a profile's name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public Profile withServer(URI address) {
    // What was allowed for one server is not for another.
    boolean isAllowed = allowsHttp && address.equals(server);
    return new Profile(name, address, keyId, product, isAllowed);
  }

  public Profile withKey(@Nullable String id, @Nullable String ofProduct) {
    return new Profile(name, server, id, ofProduct, allowsHttp);
  }

  public Profile withHttp(boolean allowed) {
    return new Profile(name, server, keyId, product, allowed);
  }
}
