package dev.keyway.conformance.requirements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests that quote requirement numbers in their names, found in the sources of every module and
 * of the portal.
 */
final class Proofs {

  private static final String BROWSER_TEST = ".spec.ts";

  private static final Pattern NAME =
      Pattern.compile("@DisplayName\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern TITLE =
      Pattern.compile("\\btest(?:\\.each)?\\b[^'`\n]*['`]([^'`\n]*)['`]");
  private static final Pattern METHOD = Pattern.compile("\\b(?:void|class)\\s+(\\w+)");
  private static final Pattern NUMBER = Pattern.compile("\\b(?:MEKO|MECHA|LAKE|MEMO|ALL)-\\d+\\b");

  private final Map<String, Set<String>> byNumber = new TreeMap<>();

  private Proofs() {}

  /** Reads {@code MODULE/src/test/java} of each module below the root, and the portal's tests. */
  static Proofs scan(Path root) {
    Proofs proofs = new Proofs();
    try (Stream<Path> modules = Files.list(root)) {
      modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .sorted()
          .forEach(sources -> proofs.readAll(sources, "Test.java"));
      Path portal = root.resolve("portal");
      proofs.readAll(portal.resolve("src"), ".test.ts");
      proofs.readAll(portal.resolve("src"), ".test.tsx");
      proofs.readAll(portal.resolve("e2e"), BROWSER_TEST);
      return proofs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAll(Path sources, String ending) {
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(one -> one.toString().endsWith(ending)).sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".java")) {
          read(name.replace(".java", ""), Files.readString(file));
        } else {
          readTitles(name, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a browser's or a component's tests are called; a file of them is one proof. */
  private void readTitles(String file, String source) {
    Matcher title = TITLE.matcher(source);
    while (title.find()) {
      for (String number : numbersIn(title.group(1))) {
        byNumber.computeIfAbsent(number, _ -> new TreeSet<>()).add(file);
      }
    }
  }

  private void read(String test, String source) {
    Matcher name = NAME.matcher(source);
    while (name.find()) {
      Matcher method = METHOD.matcher(source);
      String proof = method.find(name.end()) ? test + "." + method.group(1) : test;
      for (String number : numbersIn(name.group(1))) {
        byNumber.computeIfAbsent(number, _ -> new TreeSet<>()).add(proof);
      }
    }
  }

  private static List<String> numbersIn(String text) {
    return NUMBER.matcher(text).results().map(result -> result.group()).distinct().toList();
  }

  /** Every number that some test quotes. */
  Set<String> numbers() {
    return byNumber.keySet();
  }

  /** Whether one of the number's tests drives a real browser. */
  boolean hasBrowser(String number) {
    return of(number).stream().anyMatch(proof -> proof.endsWith(BROWSER_TEST));
  }

  /** The tests that quote the number, as {@code Class.method} or the name of a file of tests. */
  Set<String> of(String number) {
    return byNumber.getOrDefault(number, Set.of());
  }
}
