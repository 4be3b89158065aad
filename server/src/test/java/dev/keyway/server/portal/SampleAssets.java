package dev.keyway.server.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A portal of four files in memory; all but the icon have a gzip form, too. */
public final class SampleAssets implements Assets {
  public static final String PAGE = "<!doctype html>" + "<link rel=\"x\">".repeat(20);
  public static final String SCRIPT = "document.title = 'Keys';".repeat(100);
  public static final String STYLE = "body { margin: 0 }".repeat(100);
  public static final String ICON = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

  private final Map<String, byte[]> files = new TreeMap<>();

  public SampleAssets() {
    put("index.html", PAGE);
    files.put("assets/icon.svg", ICON.getBytes(UTF_8));
    put("assets/index-B1c2D3e4.js", SCRIPT);
    put("assets/index-F5g6H7i8.css", STYLE);
  }

  private void put(String name, String text) {
    files.put(name, text.getBytes(UTF_8));
    files.put(name + ".gz", zipped(text));
  }

  private static byte[] zipped(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Set<String> names() {
    return files.keySet();
  }

  @Override
  public byte[] read(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }
}
