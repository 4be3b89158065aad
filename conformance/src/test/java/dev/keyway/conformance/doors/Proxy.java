package dev.keyway.conformance.doors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.RunningKeyway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real proxy run by the shipped configuration, in which only names and addresses are changed. */
final class Proxy implements AutoCloseable {
  private static final Path CONFIGURATIONS = Program.root().resolve("ops/proxies");
  private static final Duration START = Duration.ofSeconds(20);

  /** The proxies that Debian packages. */
  enum Kind {
    NGINX("nginx", "nginx.conf"),
    CADDY("caddy", "Caddyfile"),
    HAPROXY("haproxy", "haproxy.cfg");

    private final String command;
    private final String file;

    Kind(String command, String file) {
      this.command = command;
      this.file = file;
    }
  }

  private final Process process;
  private final Path folder;
  private final URI address;

  private Proxy(Process process, Path folder, URI address) {
    this.process = process;
    this.folder = folder;
    this.address = address;
  }

  /** Starts one in front of one product's upstream. */
  static Proxy start(Kind kind, String product, URI control, URI upstream) {
    Path folder = RunningKeyway.temporaryFolder("keyway-" + kind.command);
    int port = freePort();
    String text =
        read(CONFIGURATIONS.resolve(kind.file))
            .replace("/authz/memo", "/authz/" + product)
            .replace("127.0.0.1:7700", control.getAuthority())
            .replace("127.0.0.1:7709", "127.0.0.1:" + freePort())
            .replace("127.0.0.1:8080", "127.0.0.1:" + port)
            .replace("127.0.0.1:9000", upstream.getAuthority())
            .replace("/etc/haproxy/keyway.lua", CONFIGURATIONS.resolve("keyway.lua").toString())
            .replace("/dev/log local0", "stdout format raw local0")
            .replace("/var/log/nginx/", folder + "/");
    Path file = folder.resolve(kind.file);
    write(file, text);
    var proxy =
        new Proxy(
            run(folder, command(kind, folder, file)),
            folder,
            URI.create("http://127.0.0.1:" + port));
    Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "stop-" + kind.command));
    Eventually.holds(kind + " listens, see " + folder.resolve("output"), START, proxy::listens);
    return proxy;
  }

  /** Where clients reach it. */
  URI address() {
    return address;
  }

  /** All that it has written by now: its output, its logs, whatever else stands in its folder. */
  String written() {
    try (Stream<Path> files = Files.walk(folder)) {
      var all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1)).append('\n');
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Kind kind, Path folder, Path file) {
    List<String> command = new ArrayList<>();
    command.add(program(kind.command));
    switch (kind) {
      case NGINX -> {
        write(folder.resolve("main.conf"), nginx(folder, file));
        command.addAll(List.of("-p", folder.toString(), "-e", folder.resolve("error").toString()));
        command.addAll(List.of("-c", folder.resolve("main.conf").toString()));
      }
      case CADDY -> {
        // Its administration would take a port that another may have.
        write(file, read(file).replaceFirst("(?m)^\\{$", "{\n\tadmin off"));
        command.addAll(List.of("run", "--adapter", "caddyfile", "--config", file.toString()));
      }
      case HAPROXY -> command.addAll(List.of("-db", "-f", file.toString()));
    }
    return command;
  }

  /** What stands around the shipped part in a folder of its own. */
  private static String nginx(Path folder, Path file) {
    return """
    daemon off;
    worker_processes 1;
    pid %1$s/pid;
    events {}
    http {
        access_log %1$s/access;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        include %2$s;
    }
    """
        .formatted(folder, file);
  }

  /** Debian puts servers where only an administrator's shell looks. */
  private static String program(String command) {
    return Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/")
        .map(folder -> folder + command)
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("install " + command + ", or run ./keyway test"));
  }

  private static Process run(Path folder, List<String> command) {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("XDG_DATA_HOME");
    builder.environment().remove("XDG_CONFIG_HOME");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("the proxy has ended");
    }
    try (var _ = new Socket(address.getHost(), address.getPort())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
