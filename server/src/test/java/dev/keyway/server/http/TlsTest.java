package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.http.Endpoint.Access;
import dev.keyway.server.http.Endpoint.Method;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener under a certificate and key in PEM files. */
final class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  void listener_withACertificate_speaksTls() throws Exception {
    KeyStore store = selfSigned();
    Path certificate = pem("CERTIFICATE", store.getCertificate("a").getEncoded());
    Key key = store.getKey("a", PASSWORD);
    Path keyFile = pem("PRIVATE KEY", key.getEncoded());
    var tls = Certificate.load(certificate, keyFile, Instant.now());
    var config =
        new ListenerConfig(
            "127.0.0.1",
            0,
            null,
            tls,
            Networks.LOOPBACK,
            ListenerConfig.DEFAULT_MAX_CONCURRENT,
            ListenerConfig.DEFAULT_BODY_PATIENCE);
    try (var listener = new ControlListener(config, (_, _) -> {});
        var client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
      listener.start(
          new Routes(
              List.of(
                  Endpoint.of(
                      Method.GET,
                      "/a",
                      "a",
                      Access.PUBLIC,
                      Set.of(200),
                      _ -> Response.empty(200)))));
      assertThat(listener.publicUrl()).startsWith("https://127.0.0.1:");
      var request = HttpRequest.newBuilder(URI.create(listener.publicUrl() + "/a")).build();
      var response = client.send(request, BodyHandlers.discarding());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Strict-Transport-Security")).isPresent();
    }
  }

  private KeyStore selfSigned() throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("store.p12");
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
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private Path pem(String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
    return Files.writeString(folder.resolve(kind.replace(' ', '-') + ".pem"), text);
  }

  private static SSLContext trusting(KeyStore store) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", store.getCertificate("a"));
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
