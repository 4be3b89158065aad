package dev.keyway.core;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The network address a request comes from, in the forms in which it is needed: made once for a
 * connection, not for each request on it.
 */
public final class ClientAddress {
  private final String text;
  private final AddressBucket bucket;
  private final String prefix;

  private ClientAddress(String text, AddressBucket bucket, String prefix) {
    this.text = text;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** The address that a text spells; of a text that spells none, the text. */
  public static ClientAddress of(String literalAddress) {
    return new ClientAddress(
        literalAddress, AddressBucket.of(literalAddress), prefixOf(literalAddress));
  }

  /** As it was found. */
  public String text() {
    return text;
  }

  /** What counts as one client where calls are bounded by address. */
  public AddressBucket bucket() {
    return bucket;
  }

  /**
   * The part that is kept for good, enough to see where trouble comes from: the /24 of an IPv4
   * address, the /48 of an IPv6 one.
   */
  public String prefix() {
    return prefix;
  }

  private static String prefixOf(String literalAddress) {
    int zone = literalAddress.indexOf('%');
    try {
      InetAddress address =
          InetAddress.ofLiteral(zone < 0 ? literalAddress : literalAddress.substring(0, zone));
      byte[] bytes = address.getAddress();
      return address instanceof Inet4Address
          ? "%d.%d.%d.0/24".formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
          : "%x:%x:%x::/48".formatted(group(bytes, 0), group(bytes, 2), group(bytes, 4));
    } catch (IllegalArgumentException e) {
      return literalAddress;
    }
  }

  private static int group(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  @Override
  public String toString() {
    return text;
  }
}
