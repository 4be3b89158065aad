package dev.keyway.conformance.cluster;

import dev.keyway.conformance.harness.Program;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The program with one of its sources changed, compiled: a build that breaks a rule on purpose. */
final class Patch {
  private Patch() {}

  /** A change of a source: a text that must be there, and what is to stand in its place. */
  record Change(String source, String text, String instead) {}

  /** The classes of these sources, changed, in a folder. */
  static Path compile(Path folder, List<Change> changes) {
    Path program = Program.root().resolve("app/target");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    var options = List.of("-proc:none", "-nowarn", "-cp", jars(program), "-d", folder.toString());
    boolean isDone =
        compiler
            .getTask(said, null, null, options, null, changes.stream().map(Source::of).toList())
            .call();
    if (!isDone) {
      throw new AssertionError("the changed sources do not compile:\n" + said);
    }
    return folder;
  }

  private static String jars(Path program) {
    try (Stream<Path> libraries = Files.list(program.resolve("lib"))) {
      return Stream.concat(Stream.of(program.resolve("keyway.jar")), libraries)
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(URI file, String text) {
      super(file, Kind.SOURCE);
      this.text = text;
    }

    static Source of(Change change) {
      Path file = Program.root().resolve(change.source());
      try {
        String text = Files.readString(file);
        if (!text.contains(change.text())) {
          throw new AssertionError(file + " does not hold: " + change.text());
        }
        return new Source(file.toUri(), text.replace(change.text(), change.instead()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
