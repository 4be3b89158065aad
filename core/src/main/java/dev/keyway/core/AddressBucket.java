package dev.keyway.core;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * What counts as one client when calls are bounded by the address they come from: a whole IPv4
 * address, or the /64 of an IPv6 one, since whoever has one address of a /64 has all of it (RFC
 * 6177).
 *
 * <p>All spellings of an address fall into one bucket (RFC 4291, 2.2), and an IPv4 address that is
 * mapped into IPv6 into that of the IPv4 address.
 *
 * @param bits different for different buckets: an IPv6 address's upper half; an IPv4 address lies
 *     in a part of {@code ::/8} from which no packet comes
 */
public record AddressBucket(long bits) {
  private static final long IPV4 = 1L << 32;

  /** Where everything falls that is no address, so that nonsense is bounded as one client too. */
  private static final AddressBucket NO_ADDRESS = new AddressBucket(2L << 32);

  /**
   * The bucket of an address; no name is ever looked up.
   *
   * @param literalAddress without brackets; a zone id (RFC 4007) makes no difference
   */
  public static AddressBucket of(String literalAddress) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(withoutZone(literalAddress));
    } catch (IllegalArgumentException e) {
      return NO_ADDRESS;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? new AddressBucket(IPV4 | number(bytes, 4))
        : new AddressBucket(number(bytes, 8));
  }

  /** A number for hash tables, in which neighbouring addresses lie far apart. */
  public long hash() {
    // The last step of MurmurHash3: a bijection, so two buckets never share a number.
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash());
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private static long number(byte[] bytes, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }
}
