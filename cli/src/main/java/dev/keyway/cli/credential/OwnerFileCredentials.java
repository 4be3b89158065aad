package dev.keyway.cli.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.cli.config.OwnerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keys in a file of the configuration folder that only its owner may read. */
final class OwnerFileCredentials implements CredentialStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;

  OwnerFileCredentials(Path folder) {
    this.path = folder.resolve("credentials.json");
  }

  @Override
  public @Nullable Kept read(String profile) throws IOException {
    JsonNode key = all().path(profile);
    return key.isTextual() ? Kept.parse(key.textValue()) : null;
  }

  @Override
  public void write(String profile, Kept kept) throws IOException {
    ObjectNode all = all();
    all.put(profile, kept.text());
    OwnerFile.replace(path, JSON.writeValueAsString(all));
  }

  @Override
  public void remove(String profile) throws IOException {
    ObjectNode all = all();
    if (all.remove(profile) != null) {
      OwnerFile.replace(path, JSON.writeValueAsString(all));
    }
  }

  private ObjectNode all() throws IOException {
    if (!Files.exists(path)) {
      return JSON.createObjectNode();
    }
    if (JSON.readTree(path.toFile()) instanceof ObjectNode all) {
      return all;
    }
    throw new IOException(path + " is not what keyway login has written");
  }

  @Override
  public String place() {
    return path.toString();
  }
}
