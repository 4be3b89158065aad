package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that lie beside the tests on the class path. */
public final class Resource {

  private Resource() {}

  /** The whole text of the resource of that name. */
  public static String text(String name) {
    try (InputStream in = Resource.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
