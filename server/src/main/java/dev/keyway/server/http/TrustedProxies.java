package dev.keyway.server.http;

import dev.keyway.core.ClientAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * The proxies in front of a listener that are trusted to name the client, in {@code
 * X-Forwarded-For}. Each proxy adds the peer it sees on the right, so the first address from there
 * that is none of ours is the client; what stands to its left, the client may have made up.
 */
public final class TrustedProxies {
  /** None: the peer is the client, whatever a header says. */
  public static final TrustedProxies NONE = new TrustedProxies(Networks.NONE);

  private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Forwarded-For");

  private final Networks networks;

  public TrustedProxies(Networks networks) {
    this.networks = networks;
  }

  /** Whether a peer is one of them. */
  boolean contains(ClientAddress peer) {
    return networks.contains(peer.text());
  }

  /** The client of a request that one of them has passed on; the peer when none is named. */
  ClientAddress client(ClientAddress peer, MultiMap headers) {
    List<String> values = headers.getAll(HEADER);
    ClientAddress client = peer;
    for (String value : values.reversed()) {
      for (String named : List.of(value.split(",", -1)).reversed()) {
        String address = named.strip();
        if (!Networks.isAddress(address)) {
          return peer;
        }
        client = ClientAddress.of(address);
        if (!networks.contains(address)) {
          return client;
        }
      }
    }
    return client;
  }
}
