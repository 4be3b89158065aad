package dev.keyway.core.usage;

/** The part of a network address that is kept: enough to see where trouble comes from. */
final class AddressPrefix {
  private AddressPrefix() {}

  /** The first three parts of an IPv4 address, the first three groups of an IPv6 one. */
  static String of(String address) {
    boolean isV6 = address.indexOf(':') >= 0;
    char separator = isV6 ? ':' : '.';
    int end = -1;
    for (int part = 0; part < 3; part++) {
      end = address.indexOf(separator, end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end) + (isV6 ? "::/48" : ".0/24");
  }
}
