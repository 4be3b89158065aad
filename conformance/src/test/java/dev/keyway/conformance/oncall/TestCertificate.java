package dev.keyway.conformance.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A self-signed certificate for 127.0.0.1 and its key, made by the JDK's keytool. */
final class TestCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final KeyStore store;

  private TestCertificate(KeyStore store) {
    this.store = store;
  }

  /** A new one, valid for some days from a start such as {@code -1d}. */
  static TestCertificate create(Path folder, String start, int days) throws Exception {
    Path file = folder.resolve(UUID.randomUUID() + ".p12");
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
                "-startdate",
                start,
                "-validity",
                "" + days,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return new TestCertificate(KeyStore.getInstance(file.toFile(), PASSWORD));
  }

  static TestCertificate create(Path folder) throws Exception {
    return create(folder, "-1d", 30);
  }

  X509Certificate certificate() throws GeneralSecurityException {
    return (X509Certificate) store.getCertificate("a");
  }

  void writeCertificate(Path file) throws IOException, GeneralSecurityException {
    Files.writeString(file, pem("CERTIFICATE", certificate().getEncoded()));
  }

  void writeKey(Path file) throws IOException, GeneralSecurityException {
    Files.writeString(file, pem("PRIVATE KEY", store.getKey("a", PASSWORD).getEncoded()));
  }

  /** Shows this certificate as a server, or trusts it alone as a client. */
  SSLContext context() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** Connects and shakes hands, trusting this certificate alone and its name. */
  SSLSocket connect(int port, @Nullable String protocol) throws Exception {
    var socket = (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (protocol != null) {
      parameters.setProtocols(new String[] {protocol});
    }
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(20_000);
    try {
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A server on a free port that shows this certificate. */
  SSLServerSocket listen() throws Exception {
    return (SSLServerSocket)
        context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress());
  }

  private static String pem(String kind, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
  }
}
