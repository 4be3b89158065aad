package dev.keyway.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a listener shows of itself in TLS: a chain of certificates and the private key of the first,
 * read from PEM files once and found to belong together.
 */
public final class Certificate {
  /** Until the handshake has ended, a connection is not counted. */
  private static final int HANDSHAKE_SECONDS = 5;

  /** RFC 8996 forbids what came before. */
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private static final byte[] SAMPLE = {1, 2, 3, 4};

  private final byte[] chain;
  private final byte[] key;
  private final X509Certificate first;

  private Certificate(byte[] chain, byte[] key, X509Certificate first) {
    this.chain = chain;
    this.key = key;
    this.first = first;
  }

  /**
   * Reads a certificate.
   *
   * @param chainFile the chain, the listener's own certificate first
   * @param now when it has to be valid
   * @throws UnusableCertificateException when it cannot be read, is not valid now, or the key
   *     belongs to another
   */
  public static Certificate load(Path chainFile, Path keyFile, Instant now)
      throws UnusableCertificateException {
    byte[] chain = bytes(chainFile);
    byte[] key = bytes(keyFile);
    KeyStore store = parsed(chain, key, chainFile, keyFile);
    try {
      String alias = store.aliases().nextElement();
      char[] password = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();
      var certificate = new Certificate(chain, key, (X509Certificate) store.getCertificate(alias));
      certificate.requireValid(chainFile, now);
      if (!certificate.isOf((PrivateKey) store.getKey(alias, password))) {
        throw new UnusableCertificateException(
            "the key in %s is not that of the certificate in %s".formatted(keyFile, chainFile));
      }
      return certificate;
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException(
          "%s and %s cannot be used: %s".formatted(chainFile, keyFile, e.getMessage()), e);
    }
  }

  /** When clients cease to accept it. */
  public Instant notAfter() {
    return first.getNotAfter().toInstant();
  }

  /** Whether another one has the same content. */
  public boolean isSame(Certificate other) {
    return Arrays.equals(chain, other.chain) && Arrays.equals(key, other.key);
  }

  /** Sets up a listener that is to start with it. */
  public void applyTo(HttpServerOptions options) {
    options
        .setSsl(true)
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setKeyCertOptions(pair())
        .setEnabledSecureTransportProtocols(PROTOCOLS);
  }

  /** How a listener that runs is told to use it. */
  public ServerSSLOptions options() {
    return new ServerSSLOptions()
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setKeyCertOptions(pair())
        .setEnabledSecureTransportProtocols(PROTOCOLS);
  }

  private PemKeyCertOptions pair() {
    return new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(chain))
        .setKeyValue(Buffer.buffer(key));
  }

  private void requireValid(Path file, Instant now) throws UnusableCertificateException {
    if (now.isAfter(notAfter())) {
      throw new UnusableCertificateException(
          "the certificate in %s expired on %s".formatted(file, notAfter()));
    }
    Instant notBefore = first.getNotBefore().toInstant();
    if (now.isBefore(notBefore)) {
      throw new UnusableCertificateException(
          "the certificate in %s is not valid before %s".formatted(file, notBefore));
    }
  }

  /** Whether what the key signs is what the certificate confirms. */
  private boolean isOf(PrivateKey given) throws GeneralSecurityException {
    String publicAlgorithm = first.getPublicKey().getAlgorithm();
    if (!publicAlgorithm.equals(given.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (publicAlgorithm) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicAlgorithm;
        };
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(given);
    signer.update(SAMPLE);
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(first.getPublicKey());
    verifier.update(SAMPLE);
    return verifier.verify(signer.sign());
  }

  private static KeyStore parsed(byte[] chain, byte[] key, Path chainFile, Path keyFile)
      throws UnusableCertificateException {
    try {
      return KeyStoreHelper.loadKeyCert(List.of(Buffer.buffer(key)), List.of(Buffer.buffer(chain)));
    } catch (Exception e) {
      // The parser throws whatever it likes; its message may quote what it read, so it is not
      // shown.
      throw new UnusableCertificateException(
          "%s and %s are not a certificate and its private key in PEM"
              .formatted(chainFile, keyFile),
          e);
    }
  }

  private static byte[] bytes(Path file) throws UnusableCertificateException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableCertificateException("%s cannot be read".formatted(file), e);
    }
  }
}
