package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.credential.Credentials;
import java.net.URI;

/** Where a kept key may go besides the server that it was kept for: to its product's addresses. */
public final class Destination {
  private Destination() {}

  /**
   * Refuses an address that is not of the key's product. A key that its user gives by {@code
   * KEYWAY_API_KEY} goes where they say.
   *
   * @throws CliException for another address
   */
  public static void require(URI address, LoggedIn loggedIn, Terminal terminal) {
    ServerAddress.check(address, loggedIn.profile().allowsHttp());
    if (!new Credentials(terminal).isGiven() && !isOf(loggedIn.product(), address)) {
      throw new CliException(
          ExitCode.FORBIDDEN,
          "%s is no address of the key's product, and a kept key goes to no other; %s is sent where you say"
              .formatted(address, Credentials.VARIABLE));
    }
  }

  private static boolean isOf(JsonNode product, URI address) {
    if (ServerAddress.isSame(URI.create(product.path("gateway_url").asText()), address)) {
      return true;
    }
    for (JsonNode route : product.path("routes")) {
      if (ServerAddress.isSame(URI.create(route.path("url").asText()), address)) {
        return true;
      }
    }
    return false;
  }
}
