package dev.keyway.core.flood;

/**
 * How many look-ups of unknown keys there may be, a second.
 *
 * @param perAddress caused by one client address (IPv4) or /64 (IPv6)
 * @param inAll caused by all of them together
 */
public record FloodBounds(int perAddress, int inAll) {
  /** What a disk of the slow kind bears beside its work, and what one proxy's clients may need. */
  public static final FloodBounds DEFAULT = new FloodBounds(200, 1_000);
}
