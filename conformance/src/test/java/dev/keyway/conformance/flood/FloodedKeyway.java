package dev.keyway.conformance.flood;

import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of a test's own with one product before one upstream, and what it says of itself. */
final class FloodedKeyway implements AutoCloseable {
  static final String PREFIX = "fld_";
  static final String PATH = "/flood/t";

  private final WireUpstream upstream = WireUpstream.start();
  private ServedKeyway keyway;

  FloodedKeyway() {
    // In one piece: a second write would wait for the first one's acknowledgement, which hides all.
    upstream.on("/t", (_, wire) -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    String profile =
        Resource.text("flood/flood.yaml")
            .replace("http://upstream.invalid", upstream.address().toString());
    keyway = ServedKeyway.start(Map.of("flood.yaml", profile), Map.of());
  }

  URI gateway() {
    return keyway.gateway();
  }

  URI control() {
    return keyway.control();
  }

  /** New keys of a new account. */
  List<NewKey> keys(int count) {
    Tenants tenants = keyway.tenants();
    String account = tenants.account("flood");
    List<NewKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(tenants.key("flood", account));
    }
    return keys;
  }

  void revoke(NewKey key) {
    keyway.tenants().revoke(key.id());
  }

  void killAndStartAgain() {
    keyway = keyway.killAndStartAgain();
  }

  /** The value of the metric whose line begins so. */
  double metric(String line) {
    return keyway
        .anonymous()
        .get("/metrics")
        .expect(200)
        .body()
        .lines()
        .filter(found -> found.startsWith(line))
        .mapToDouble(found -> Double.parseDouble(found.substring(found.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + line));
  }

  /** The bytes of the live objects on the program's heap, after a collection. */
  long liveBytes() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    long pid = keyway.program().pid();
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String total = process.inputReader().lines().reduce("", (_, line) -> line);
      return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    keyway.close();
    upstream.close();
  }
}
