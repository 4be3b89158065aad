package dev.keyway.app.config;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A range of addresses, such as {@code 10.0.0.0/8} or {@code ::1} (RFC 4632, RFC 4291). */
public final class Network {
  static final List<Network> LOOPBACK =
      List.of(
          new Network(InetAddress.ofLiteral("127.0.0.0"), 8),
          new Network(InetAddress.ofLiteral("::1"), 128));

  private final InetAddress base;
  private final int prefixBits;

  private Network(InetAddress base, int prefixBits) {
    this.base = base;
    this.prefixBits = prefixBits;
  }

  /** Reads {@code ADDRESS} or {@code ADDRESS/BITS}; null for anything else, host names too. */
  static @Nullable Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress base = InetAddress.ofLiteral(address);
      int most = base.getAddress().length * Byte.SIZE;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > most ? null : new Network(base, bits);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether an address is in the range; an IPv4 address is in no IPv6 range. */
  public boolean contains(InetAddress address) {
    byte[] wanted = base.getAddress();
    byte[] given = address.getAddress();
    if (wanted.length != given.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit += Byte.SIZE) {
      int mask = 0xff << Math.max(0, Byte.SIZE - (prefixBits - bit));
      int at = bit / Byte.SIZE;
      if (((wanted[at] ^ given[at]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it leaves no address out. */
  boolean isEverything() {
    return prefixBits == 0;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefixBits;
  }
}
