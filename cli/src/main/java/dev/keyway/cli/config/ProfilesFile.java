package dev.keyway.cli.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.toml}: the profiles and which of them is meant where none is named.
 *
 * <p>It is written whole and put in its place at once, so that two commands at the same time leave
 * one of two good files.
 */
public final class ProfilesFile {
  private static final Set<String> FIELDS = Set.of("server", "key_id", "product", "insecure_http");

  private final Path path;
  private final Map<String, Profile> profiles = new TreeMap<>();
  private @Nullable String current;

  private ProfilesFile(Path path) {
    this.path = path;
  }

  /**
   * Reads the file of a folder; one that does not exist has no profiles.
   *
   * @throws CliException when it cannot be understood
   */
  public static ProfilesFile in(Path folder) {
    var file = new ProfilesFile(folder.resolve("config.toml"));
    try {
      file.take(new TomlMapper().readTree(Files.readString(file.path)));
    } catch (NoSuchFileException e) {
      // Nobody has logged in yet.
    } catch (JacksonException e) {
      throw file.wrong("line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, file.path + " cannot be read: " + e.getMessage(), e);
    }
    return file;
  }

  private void take(JsonNode root) {
    JsonNode chosen = root.path("profile");
    current = chosen.isTextual() ? chosen.textValue() : null;
    root.path("profiles")
        .properties()
        .forEach(entry -> profiles.put(entry.getKey(), profile(entry.getKey(), entry.getValue())));
  }

  private Profile profile(String name, JsonNode fields) {
    if (!Profile.isName(name) || !fields.isObject()) {
      throw wrong("'" + name + "' can be no profile");
    }
    fields
        .fieldNames()
        .forEachRemaining(field -> {
          if (!FIELDS.contains(field)) {
            throw wrong("profile " + name + " has an unknown field '" + field + "'");
          }
        });
    String server = text(fields, "server");
    return new Profile(
        name,
        server == null ? null : address(server),
        text(fields, "key_id"),
        text(fields, "product"),
        fields.path("insecure_http").asBoolean(false));
  }

  private URI address(String server) {
    try {
      return ServerAddress.parse(server);
    } catch (CliException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String text(JsonNode fields, String name) {
    JsonNode value = fields.path(name);
    return value.isTextual() ? value.textValue() : null;
  }

  private CliException wrong(String what) {
    return new CliException(ExitCode.FAILURE, path + ": " + what);
  }

  public Path path() {
    return path;
  }

  /** The profiles by name. */
  public Map<String, Profile> profiles() {
    return Map.copyOf(profiles);
  }

  /** The profile that is meant where none is named. */
  public String current() {
    return current == null ? Profile.DEFAULT : current;
  }

  /** Makes a profile the one that is meant where none is named. */
  public void use(String name) {
    current = name;
  }

  /** The profile of that name, new if there is none. */
  public Profile get(String name) {
    return profiles.getOrDefault(name, Profile.named(name));
  }

  public void put(Profile profile) {
    profiles.put(profile.name(), profile);
  }

  public void remove(String name) {
    profiles.remove(name);
  }

  /** Writes the file, for its owner alone. */
  public void save() {
    var mapper = new TomlMapper();
    ObjectNode root = mapper.createObjectNode();
    if (current != null) {
      root.put("profile", current);
    }
    ObjectNode all = root.putObject("profiles");
    profiles.values().forEach(profile -> put(all.putObject(profile.name()), profile));
    try {
      OwnerFile.replace(path, mapper.writeValueAsString(root));
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void put(ObjectNode fields, Profile profile) {
    if (profile.server() != null) {
      fields.put("server", profile.server().toString());
    }
    if (profile.keyId() != null) {
      fields.put("key_id", profile.keyId());
    }
    if (profile.product() != null) {
      fields.put("product", profile.product());
    }
    if (profile.allowsHttp()) {
      fields.put("insecure_http", true);
    }
  }
}
