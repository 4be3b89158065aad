package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.config.Profile;
import dev.keyway.cli.credential.Credential;
import dev.keyway.cli.http.Server;
import dev.keyway.cli.http.Wire;
import java.net.URI;
import java.util.Map;

/**
 * A server, and a key that calls it.
 *
 * @param address of the control listener
 */
public record LoggedIn(
    URI address, Profile profile, Credential credential, Wire wire, Server server)
    implements AutoCloseable {

  static LoggedIn to(URI address, Profile profile, Credential credential, Terminal terminal) {
    var wire = new Wire(terminal);
    return new LoggedIn(address, profile, credential, wire, new Server(wire, address, credential));
  }

  /** Whose key it is. */
  public JsonNode me() {
    return server.get("/v1/me", Map.of());
  }

  /**
   * What the profile of the key's product says to its users.
   *
   * @throws CliException for an operator key, which is of no product
   */
  public JsonNode product() {
    JsonNode product = me().path("profile");
    if (product.isObject()) {
      return product;
    }
    throw new CliException(
        ExitCode.USAGE,
        "an operator key is of no product: add --product where there is one, or use a product's key");
  }

  @Override
  public void close() {
    wire.close();
  }
}
