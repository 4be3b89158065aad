package dev.keyway.core.usage;

/** The part of a network address that is kept: enough to see where trouble comes from. */
final class AddressPrefix {
  private AddressPrefix() {}

  /** The first three parts of an IPv4 address, the first three groups of an IPv6 one. */
  static String of(String address) {
    return address.indexOf(':') >= 0
        ? firstThree(withoutGap(address), ':', "::/48")
        : firstThree(address, '.', ".0/24");
  }

  private static String firstThree(String address, char separator, String mask) {
    int end = -1;
    for (int part = 0; part < 3; part++) {
      end = address.indexOf(separator, end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end) + mask;
  }

  /** Writes out the zeros that {@code ::} stands for (RFC 4291, 2.2), so that groups can be cut. */
  private static String withoutGap(String address) {
    int gap = address.indexOf("::");
    if (gap < 0) {
      return address;
    }
    String before = address.substring(0, gap);
    String after = address.substring(gap + 2);
    int zeros = Math.max(1, 8 - groups(before) - groups(after));
    String start = before.isEmpty() ? "0" + ":0".repeat(zeros - 1) : before + ":0".repeat(zeros);
    return start + ":" + after;
  }

  private static int groups(String text) {
    return text.isEmpty() ? 0 : 1 + (int) text.chars().filter(c -> c == ':').count();
  }
}
