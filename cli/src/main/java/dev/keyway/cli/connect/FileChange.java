package dev.keyway.cli.connect;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.OutputOptions;
import dev.keyway.cli.config.OwnerFile;
import dev.keyway.cli.credential.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A change of another program's file: what it would become, how it differs, and a copy kept. */
final class FileChange {
  private static final int CONTEXT_LINES = 3;

  /** A value beside a name that promises a secret. */
  private static final Pattern SECRET =
      Pattern.compile(
          "((?i)[\"']?[\\w-]*(?:key|token|secret|auth|passw|cookie)[\\w-]*[\"']?\\s*[:=]\\s*).+");

  /** Reads what it would write again without a loss, and nothing else. */
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Path path;
  private final @Nullable String before;
  private final String after;

  private FileChange(Path path, @Nullable String before, String after) {
    this.path = path;
    this.before = before;
    this.after = after;
  }

  /**
   * The change that a step asks for.
   *
   * @throws CliException where the file cannot be changed without losing something
   */
  static FileChange of(Step step, Path path) {
    String before = read(path);
    return new FileChange(path, before, after(step, path, before == null ? "" : before));
  }

  private static @Nullable String read(Path path) {
    try {
      return Files.exists(path) ? Files.readString(path) : null;
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String after(Step step, Path path, String before) {
    String text = step.text() == null ? "" : step.text();
    if (step.isWholeFile()) {
      return text + "\n";
    }
    return switch (step.language()) {
      case "json" -> merged(step, path, before);
      case "toml" -> appended(text, path, before);
      default -> throw byHand(path, "this command cannot change such a file");
    };
  }

  private static String merged(Step step, Path path, String before) {
    if (!(step.json() instanceof ObjectNode wanted) || step.text() == null) {
      throw byHand(path, "it is no plain JSON");
    }
    JsonNode root = before.isBlank() ? new ObjectMapper().createObjectNode() : json(path, before);
    if (!(root instanceof ObjectNode whole)) {
      throw byHand(path, "it holds no JSON object");
    }
    merge(path, whole, wanted);
    return OutputOptions.pretty(whole) + "\n";
  }

  /** Strict, so that comments are found: writing the file again would lose them. */
  private static JsonNode json(Path path, String before) {
    try {
      return EXACT.readTree(before);
    } catch (JacksonException e) {
      throw byHand(path, "it has comments or is no JSON");
    }
  }

  private static void merge(Path path, ObjectNode whole, ObjectNode wanted) {
    wanted
        .properties()
        .forEach(field -> {
          JsonNode there = whole.get(field.getKey());
          if (there instanceof ObjectNode inner
              && field.getValue() instanceof ObjectNode more
              && isContainer(more)) {
            merge(path, inner, more);
          } else if (there instanceof ArrayNode some
              && field.getValue() instanceof ArrayNode more) {
            merge(some, more);
          } else if (there != null && there.getNodeType() != field.getValue().getNodeType()) {
            throw byHand(path, "its '" + field.getKey() + "' is of another kind than expected");
          } else {
            whole.set(field.getKey(), field.getValue());
          }
        });
  }

  /** Of lists, what has the same id is replaced, and the rest stays. */
  private static void merge(ArrayNode some, ArrayNode more) {
    for (JsonNode one : more) {
      int at = 0;
      while (at < some.size() && !isSame(some.get(at), one)) {
        at++;
      }
      if (at < some.size()) {
        some.set(at, one);
      } else {
        some.add(one);
      }
    }
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.equals(other)
        || (one.path("id").isTextual() && one.path("id").equals(other.path("id")));
  }

  /** A server's own settings are replaced as a whole; what holds servers is added to. */
  private static boolean isContainer(ObjectNode node) {
    return node.properties().stream().allMatch(field -> field.getValue().isObject());
  }

  private static String appended(String text, Path path, String before) {
    String gap = before.isEmpty() ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    String after = before + gap + text + "\n";
    try {
      new TomlMapper().readTree(after);
      return after;
    } catch (JacksonException e) {
      throw byHand(path, "the server stands there already, or it is no TOML");
    }
  }

  private static CliException byHand(Path path, String why) {
    return new CliException(
        ExitCode.FAILURE,
        "%s is left as it is, because %s; change it by hand".formatted(path, why));
  }

  boolean isNothing() {
    return after.equals(before);
  }

  /** A line of a difference for a screen, which is seen by others. */
  static String masked(String line) {
    return Credential.masked(SECRET.matcher(line).replaceAll("$1…"));
  }

  /** What differs, a line each, as {@code diff -u} shows it; the file's own secrets included. */
  List<String> diff() {
    List<String> old = before == null ? List.of() : before.lines().toList();
    List<String> now = after.lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
        before == null ? "/dev/null" : path.toString(),
        path.toString(),
        old,
        DiffUtils.diff(old, now),
        CONTEXT_LINES);
  }

  /**
   * Writes the file, once what was there is copied beside it.
   *
   * @return the copy, or null where there was no file
   */
  @Nullable Path write() {
    return write(false);
  }

  /** The same where the file holds a key now, whoever could read it before. */
  @Nullable Path writeForOwner() {
    return write(true);
  }

  private @Nullable Path write(boolean isForOwner) {
    try {
      if (!Objects.equals(before, read(path))) {
        throw new CliException(
            ExitCode.FAILURE,
            path + " has changed meanwhile and is left as it is; repeat the command");
      }
      // An editor's settings are often a link into a folder of dotfiles, which is to stay one.
      Path real = Files.exists(path) ? path.toRealPath() : path;
      Path copy = before == null ? null : copy(real);
      Set<PosixFilePermission> permissions =
          before == null || isForOwner ? null : permissions(real);
      OwnerFile.replace(real, after);
      if (permissions != null) {
        Files.setPosixFilePermissions(real, permissions);
      }
      return copy;
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static @Nullable Set<PosixFilePermission> permissions(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.getPosixFilePermissions(file)
        : null;
  }

  private static Path copy(Path file) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".keyway-backup");
    for (int number = 2; Files.exists(copy); number++) {
      copy = file.resolveSibling(file.getFileName() + ".keyway-backup-" + number);
    }
    return Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
