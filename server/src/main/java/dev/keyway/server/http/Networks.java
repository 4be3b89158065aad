package dev.keyway.server.http;

import java.net.InetAddress;
import java.util.List;

/** Ranges of addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code ::1/128}. */
public final class Networks {
  /** The machine itself. */
  public static final Networks LOOPBACK = new Networks(List.of("127.0.0.0/8", "::1/128"));

  public static final Networks NONE = new Networks(List.of());

  private final List<Range> ranges;

  /**
   * The ranges.
   *
   * @throws IllegalArgumentException for a text that is no range of literal addresses
   */
  public Networks(List<String> cidrs) {
    this.ranges = cidrs.stream().map(Range::parse).toList();
  }

  /** Whether a text is a range or an address that this can be made of; host names are none. */
  public static boolean isNetwork(String text) {
    try {
      Range.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether one of the ranges leaves no address of its kind out. */
  public boolean isEverything() {
    return ranges.stream().anyMatch(range -> range.bits == 0);
  }

  /** Whether an address can be in both. */
  public boolean overlaps(Networks other) {
    return ranges.stream()
        .anyMatch(ours -> other.ranges.stream().anyMatch(theirs -> ours.overlaps(theirs)));
  }

  /** Whether a text is a literal address. */
  static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a literal address is in one of the ranges. */
  public boolean contains(String address) {
    byte[] bytes;
    try {
      bytes = InetAddress.ofLiteral(withoutZone(address)).getAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
    return ranges.stream().anyMatch(range -> range.contains(bytes));
  }

  /** The ranges as they were given. */
  @Override
  public String toString() {
    return ranges.toString();
  }

  private static String withoutZone(String address) {
    int percent = address.indexOf('%');
    return percent < 0 ? address : address.substring(0, percent);
  }

  private static final class Range {
    private final String text;
    private final byte[] network;
    private final int bits;

    private Range(String text, byte[] network, int bits) {
      this.text = text;
      this.network = network;
      this.bits = bits;
    }

    static Range parse(String cidr) {
      int slash = cidr.indexOf('/');
      byte[] network =
          InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash)).getAddress();
      int bits = slash < 0 ? network.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
      if (bits < 0 || bits > network.length * 8) {
        throw new IllegalArgumentException("'" + cidr + "' is no range of addresses");
      }
      return new Range(cidr, network, bits);
    }

    @Override
    public String toString() {
      return text;
    }

    /** Two ranges have an address in common just when the one holds the other's first. */
    boolean overlaps(Range other) {
      return bits <= other.bits ? contains(other.network) : other.contains(network);
    }

    boolean contains(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
