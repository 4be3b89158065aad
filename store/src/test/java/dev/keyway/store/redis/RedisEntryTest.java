package dev.keyway.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.store.Observation;
import dev.keyway.store.Observation.Weight;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server is entered: users, passwords, databases and TLS; and what is seen of it. */
class RedisEntryTest {
  private static final String SECRET = "correct-horse-battery";

  /** As the guide of the cluster gives them. */
  private static final String RIGHTS =
      "~keyway:limits* +@connection +@scripting +@hash +@sortedset +info +time +del +pexpire +type";

  private static final char[] STORE_PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  void userAndPassword_openTheDatabaseNamed() {
    try (var server = guarded()) {
      RedisSettings settings = plain(server, "/3", "keyway", SECRET);
      assertThat(problems(settings)).isEmpty();
      try (var node = new SharingNode(settings, "node", 1, new AtomicBoolean())) {
        LimitState state = node.ask(charge(), SharingNode.caller("key"));
        assertThat(state).isNotNull().matches(LimitState::admitted);
      }
    }
  }

  @Test
  @DisplayName("what is said of a server that is not entered holds no password")
  void wrongPassword_isAProblem_andNotShown() {
    try (var server = guarded()) {
      RedisSettings wrong = plain(server, "", "keyway", "wrong-" + SECRET);

      assertThat(problems(wrong))
          .singleElement()
          .asString()
          .contains("WRONGPASS")
          .doesNotContain(SECRET);
      assertThat(wrong.toString()).doesNotContain(SECRET);
      assertThat(problems(plain(server, "", "", ""))).isNotEmpty();
    }
  }

  @Test
  void serverThatMayForget_isAProblem() {
    try (var server = new LocalRedis("--maxmemory", "10mb", "--maxmemory-policy", "allkeys-lru")) {
      assertThat(problems(server.settings())).singleElement().asString().contains("noeviction");
    }
  }

  @Test
  void noServer_isAProblem() throws IOException {
    var nowhere = new RedisSettings(URI.create("redis://127.0.0.1:" + freePort()), "", "", null);

    assertThat(problems(nowhere)).singleElement().asString().contains("cannot be reached");
  }

  @Test
  void tls_isOfTheAuthorityNamed_andOfNoOther() throws Exception {
    KeyStore own = certificate("own");
    Path key = pem("key.pem", "PRIVATE KEY", own.getKey("a", STORE_PASSWORD).getEncoded());
    Path authority = pem("ca.pem", "CERTIFICATE", own.getCertificate("a").getEncoded());
    Path other =
        pem("other.pem", "CERTIFICATE", certificate("other").getCertificate("a").getEncoded());
    int port = freePort();
    String[] tls = {
      "--tls-port",
      String.valueOf(port),
      "--tls-cert-file",
      authority.toString(),
      "--tls-key-file",
      key.toString(),
      "--tls-auth-clients",
      "no"
    };
    try (var _ = new LocalRedis(tls)) {
      assertThat(problems(secure(port, "127.0.0.1", authority))).isEmpty();
      assertThat(problems(secure(port, "127.0.0.1", other))).hasSize(1);
      assertThat(problems(secure(port, "127.0.0.1", null))).hasSize(1);
      assertThat(problems(secure(port, "localhost", authority))).as("another name").hasSize(1);
    }
  }

  private static Charge charge() {
    var limits = Limits.of(List.of(new RateLimit("some", 10, Duration.ofSeconds(1))));
    return Objects.requireNonNull(limits.charge(List.of("some"), 1));
  }

  private static LocalRedis guarded() {
    var users = new ArrayList<>(List.of("--user", "keyway", "on", ">" + SECRET));
    users.addAll(List.of(RIGHTS.split(" ")));
    users.addAll(List.of("--user", "default", "on", "nopass", "-@all", "+ping"));
    return new LocalRedis(users.toArray(String[]::new));
  }

  private static RedisSettings plain(LocalRedis server, String path, String user, String password) {
    URI address = URI.create("redis://127.0.0.1:" + server.port() + path);
    return new RedisSettings(address, user, password, null);
  }

  private static RedisSettings secure(int port, String host, @Nullable Path authorities) {
    return new RedisSettings(URI.create("rediss://" + host + ":" + port), "", "", authorities);
  }

  private static List<String> problems(RedisSettings settings) {
    return RedisExamination.of(settings).stream()
        .filter(seen -> seen.weight() == Weight.PROBLEM)
        .map(Observation::text)
        .toList();
  }

  /** A self-signed certificate for 127.0.0.1, made by the JDK's keytool. */
  private KeyStore certificate(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(STORE_PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), STORE_PASSWORD);
  }

  private Path pem(String name, String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
    return Files.writeString(folder.resolve(name), text);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
