package dev.keyway.app.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code demo.json} holds: the addresses of this start, and the sample accounts with the
 * passwords that were drawn for them.
 *
 * @param control the control listener's address
 * @param gateway the gateway's address
 * @param operatorKey a key with every right
 * @param demoKey the id of the key in the printed curl line; the next start revokes it
 * @param products by slug
 */
record DemoFile(
    String control,
    String gateway,
    @JsonProperty("operator_key") String operatorKey,
    @JsonProperty("demo_key") @Nullable String demoKey,
    Map<String, Samples> products) {
  /** Its buffers are not handed on: they would keep the passwords and keys in memory. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  /** The samples of one product. */
  record Samples(
      List<SampleAccount> accounts,
      List<SampleWorkspace> workspaces,
      List<SampleResource> resources) {}

  /** An account and what it needs to sign in. */
  record SampleAccount(String id, String email, String password, List<SampleRole> memberships) {
    @Override
    public String toString() {
      return "SampleAccount[" + id + "]";
    }
  }

  /** A membership of an account. */
  record SampleRole(String workspace, String role) {}

  /** A workspace. */
  record SampleWorkspace(String id, String name, String plan) {}

  /** A resource of an account. */
  record SampleResource(String id, String kind, String name, String account) {}

  /** The file of a folder; empty before the first start. */
  static Optional<DemoFile> read(Path folder) {
    Path file = path(folder);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), DemoFile.class));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read; remove the folder to start anew", e);
    }
  }

  /** Writes the file whole or not at all, readable by its owner only. */
  void write(Path folder) {
    Path whole = path(folder);
    Path part = folder.resolve("demo.json.part");
    try {
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(part, JSON.writeValueAsString(this) + "\n", StandardOpenOption.WRITE);
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(whole + " cannot be written", e);
    }
  }

  DemoFile at(String controlUrl, String gatewayUrl) {
    return new DemoFile(controlUrl, gatewayUrl, operatorKey, demoKey, products);
  }

  DemoFile withDemoKey(String id) {
    return new DemoFile(control, gateway, operatorKey, id, products);
  }

  @Override
  public String toString() {
    return "DemoFile[" + control + "]";
  }

  private static Path path(Path folder) {
    return folder.resolve("demo.json");
  }
}
