package dev.keyway.core.usage;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.usage.UsageStore.ClientUse;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one client with one key. */
final class ClientTally {
  private final @Nullable String userAgent;
  private final @Nullable String name;
  private final String addressPrefix;
  private final long firstMillis;
  private final Tally requests;

  /**
   * A client that is just being seen.
   *
   * @param userAgent what it says of itself, by which it is recognised
   * @param name what is kept of that
   */
  ClientTally(
      @Nullable String userAgent, @Nullable String name, String addressPrefix, long atMillis) {
    this.userAgent = userAgent;
    this.name = name;
    this.addressPrefix = addressPrefix;
    this.firstMillis = atMillis;
    this.requests = new Tally(atMillis);
  }

  /** Whether a request comes from this client; compares two texts at most. */
  boolean is(ClientAddress address, @Nullable String itsUserAgent) {
    return addressPrefix.equals(address.prefix()) && Objects.equals(userAgent, itsUserAgent);
  }

  Tally requests() {
    return requests;
  }

  /** What is not yet written down. */
  ClientUse use() {
    long count = requests.count();
    return new ClientUse(
        name,
        addressPrefix,
        Instant.ofEpochMilli(firstMillis),
        Instant.ofEpochMilli(requests.lastMillis()),
        count);
  }
}
