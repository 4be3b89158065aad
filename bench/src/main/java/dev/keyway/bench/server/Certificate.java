package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.measure.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The self-signed certificate of every server of a run, or none for plain HTTP. */
public final class Certificate {
  /** It guards a certificate that nobody trusts, in a folder that is deleted. */
  private static final String STORE_PASSWORD = "benchmark";

  private static final String ALIAS = "bench";

  private final @Nullable Path folder;
  private final @Nullable SSLContext context;

  private Certificate(@Nullable Path folder, @Nullable SSLContext context) {
    this.folder = folder;
    this.context = context;
  }

  /** No certificate: plain HTTP. */
  public static Certificate none() {
    return new Certificate(null, null);
  }

  /** Makes a certificate for 127.0.0.1 with an elliptic-curve key, in a folder. */
  public static Certificate make(Path folder) {
    Path store = folder.resolve("tls.p12");
    String output =
        Shell.output(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                store.toString()));
    try (InputStream in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, STORE_PASSWORD.toCharArray());
      var certificate = new Certificate(folder, trusting(keys));
      certificate.write(keys);
      return certificate;
    } catch (IOException | GeneralSecurityException e) {
      throw new BenchException("cannot make a certificate: " + e.getMessage() + "\n" + output, e);
    }
  }

  private void write(KeyStore keys) throws IOException, GeneralSecurityException {
    String certificate = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    byte[] encoded = keys.getKey(ALIAS, STORE_PASSWORD.toCharArray()).getEncoded();
    String key = pem("PRIVATE KEY", encoded);
    Files.writeString(certificate(), certificate);
    Files.writeString(key(), key);
    Files.writeString(both(), certificate + key);
  }

  private static String pem(String what, byte[] encoded) {
    byte[] newline = {'\n'};
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, newline).encodeToString(encoded), what);
  }

  private static SSLContext trusting(KeyStore keys) throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  public boolean isPresent() {
    return folder != null;
  }

  /** The certificate as PEM. */
  public Path certificate() {
    return file("tls.crt");
  }

  /** Its private key as PEM. */
  public Path key() {
    return file("tls.key");
  }

  /** Both in one file, as HAProxy wants them. */
  public Path both() {
    return file("tls.pem");
  }

  private Path file(String name) {
    if (folder == null) {
      throw new IllegalStateException("there is no certificate");
    }
    return folder.resolve(name);
  }

  /** An address on this machine under the scheme that the servers speak. */
  public URI address(int port, String path) {
    return URI.create((isPresent() ? "https" : "http") + "://127.0.0.1:" + port + path);
  }

  /** The context of a client that trusts this certificate alone; null without one. */
  public @Nullable SSLContext context() {
    return context;
  }

  Socket connect(URI target) throws IOException {
    return context == null
        ? new Socket(target.getHost(), target.getPort())
        : context.getSocketFactory().createSocket(target.getHost(), target.getPort());
  }

  /** The entry of a listener in Keyway's configuration. */
  public String yaml() {
    return line(", tls: {certificate: \"@CERTIFICATE@\", key: \"@KEY@\"}");
  }

  /** What replaces a line of a configuration's template; what serves no TLS gets nothing. */
  public String line(String text) {
    return isPresent()
        ? text.replace("@CERTIFICATE@", certificate().toString())
            .replace("@KEY@", key().toString())
            .replace("@BOTH@", both().toString())
        : "";
  }

  @Override
  public String toString() {
    return isPresent() ? "TLS" : "plain";
  }
}
