package dev.keyway.bench.keyway;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.keyway.SeededKeys.SeededKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * The seeded keys as files for wrk and nginx, in the benchmark's own folder.
 *
 * @param allValid warms up with every valid key, so that all of them are in the gateway's memory
 * @param someValid as many as are revoked
 * @param map every valid key for nginx
 * @param words every valid key and its id, with a blank between
 */
public record KeyFiles(Path allValid, Path someValid, Path revoked, Path map, Path words) {
  static KeyFiles write(Path folder, SeededKeys keys) {
    int share = keys.revoked().size();
    return new KeyFiles(
        write(folder.resolve("valid-all.keys"), keys.valid(), SeededKey::secret),
        write(folder.resolve("valid-some.keys"), keys.valid().subList(0, share), SeededKey::secret),
        write(folder.resolve("revoked.keys"), keys.revoked(), SeededKey::secret),
        write(
            folder.resolve("keys.map"),
            keys.valid(),
            key -> "\"Bearer %s\" %s;".formatted(key.secret(), key.id())),
        write(folder.resolve("keys.words"), keys.valid(), key -> key.secret() + " " + key.id()));
  }

  static Path write(Path file, List<SeededKey> keys, Function<SeededKey, String> line) {
    try {
      return Files.write(file, keys.stream().map(line).toList());
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
