package dev.keyway.bench.keyway;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.server.Certificate;
import dev.keyway.bench.server.JavaServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * A data folder whose store holds many keys, put there without the API. The program makes an
 * account and two keys; all others are rows like theirs.
 */
public final class FilledFolder {
  private static final int PEPPER_BYTES = 32;

  private final Path folder;
  private final KeywayFolder keyway;
  private final String settings;

  private FilledFolder(Path folder, KeywayFolder keyway, String settings) {
    this.folder = folder;
    this.keyway = keyway;
    this.settings = settings;
  }

  /** What the digests of keys are made with. */
  public enum Digest {
    NO_PEPPER,
    PEPPER
  }

  /**
   * Fills a folder.
   *
   * @param samples how many valid keys are written to a file, and how many revoked ones
   */
  public static FilledFolder fill(
      Path folder,
      Project project,
      int originPort,
      int keys,
      int samples,
      Digest digest,
      Progress progress) {
    progress.say("filling a store with %,d keys".formatted(keys));
    String settings = KeywayFolder.NO_FLOOD + pepper(folder, digest);
    var keyway = new KeywayFolder(folder, originPort, Certificate.none(), settings);
    var filled = new FilledFolder(folder, keyway, settings);
    filled.makeModels(project);
    new Inside(project)
        .run(
            "Seed",
            _ -> {},
            List.of(
                keyway.data().toString(),
                String.valueOf(keys),
                String.valueOf(samples),
                filled.validKeys().toString(),
                filled.revokedKeys().toString(),
                digest == Digest.PEPPER ? folder.resolve("pepper").toString() : "-"));
    return filled;
  }

  private static String pepper(Path folder, Digest digest) {
    if (digest == Digest.NO_PEPPER) {
      return "";
    }
    byte[] pepper = new byte[PEPPER_BYTES];
    new SecureRandom().nextBytes(pepper);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("pepper"), Base64.getEncoder().encodeToString(pepper));
    } catch (IOException e) {
      throw new BenchException("cannot write a pepper: " + e.getMessage(), e);
    }
    return "peppers: {1: \"${file:pepper}\"}\n";
  }

  private void makeModels(Project project) {
    try (var _ = keyway.start(new JavaServers(folder), project.keywayJar());
        ManagementApi api = keyway.managementApi()) {
      String account = api.createAccount(KeywayFolder.PRODUCT, 1);
      api.createKey(KeywayFolder.PRODUCT, account, "living");
      api.revoke(api.createKey(KeywayFolder.PRODUCT, account, "revoked"));
    }
  }

  public Path folder() {
    return folder;
  }

  public KeywayFolder keyway() {
    return keyway;
  }

  /** The lines of the configuration that were written last. */
  public String settings() {
    return settings;
  }

  public Path validKeys() {
    return folder.resolve("valid.keys");
  }

  public Path revokedKeys() {
    return folder.resolve("revoked.keys");
  }
}
