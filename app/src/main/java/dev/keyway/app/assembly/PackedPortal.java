package dev.keyway.app.assembly;

import dev.keyway.server.portal.Assets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The portal as the module {@code portal} packs it: a folder in a jar, and a list of its files. */
final class PackedPortal implements Assets {
  private static final String FOLDER = "/dev/keyway/portal/";

  /** A jar cannot be listed like a folder. */
  private static final String LIST = "files.txt";

  @Override
  public Set<String> names() {
    try (InputStream list = open(LIST)) {
      return list == null ? Set.of() : new TreeSet<>(text(list).lines().toList());
    } catch (IOException e) {
      throw unreadable(LIST, e);
    }
  }

  @Override
  public byte[] read(String name) {
    try (InputStream file = open(name)) {
      if (file == null) {
        throw new IOException("there is no such file");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static @Nullable InputStream open(String name) {
    return PackedPortal.class.getResourceAsStream(FOLDER + name);
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static UncheckedIOException unreadable(String name, IOException e) {
    return new UncheckedIOException("the portal's file " + name + " cannot be read", e);
  }
}
