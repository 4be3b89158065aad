package dev.keyway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyway.core.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the clients: {@code connect/clients.json}, which the portal shows, too. Its
 * schema says what each field means.
 */
final class ClientsFile {
  private final JsonNode root;

  private ClientsFile(JsonNode root) {
    this.root = root;
  }

  /** The file as it comes with the program. */
  static ClientsFile shipped() {
    try (InputStream in = ClientsFile.class.getResourceAsStream("clients.json")) {
      return new ClientsFile(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode root() {
    return root;
  }

  /** A client by its name or another that people use for it. */
  Optional<JsonNode> find(String name) {
    JsonNode byAlias = null;
    for (JsonNode client : root.path("clients")) {
      if (name.equals(client.path("key").asText())) {
        return Optional.of(client);
      }
      // An old name of one may be another's own.
      byAlias = byAlias == null && holds(client.path("aliases"), name) ? client : byAlias;
    }
    return Optional.ofNullable(byAlias);
  }

  /** Why a client cannot be connected at all, where that is known. */
  Optional<String> impossible(String name) {
    for (JsonNode client : root.path("impossible")) {
      if (name.equals(client.path("key").asText())) {
        return Optional.of(client.path("reason").asText());
      }
    }
    return Optional.empty();
  }

  /** The clients' names. */
  List<String> names() {
    var names = new ArrayList<String>();
    root.path("clients").forEach(client -> names.add(client.path("key").asText()));
    return names;
  }

  /** What was probably meant. */
  Optional<String> nearest(String name) {
    return Nearest.to(name, names());
  }

  static boolean holds(JsonNode array, String text) {
    for (JsonNode one : array) {
      if (text.equals(one.asText())) {
        return true;
      }
    }
    return false;
  }
}
