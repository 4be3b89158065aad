package dev.keyway.cli.http;

import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as the command line speaks it: no redirect is followed, because a key must not go where its
 * user has not sent it, and {@code SSL_CERT_FILE} names the certificates to trust instead of those
 * that Java comes with, as it does for curl.
 */
public final class Wire implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final String TRUSTED = "SSL_CERT_FILE";

  private final HttpClient client;

  public Wire(Terminal terminal) {
    var builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            // Over plain HTTP the client would ask to upgrade, which gateways only wonder about.
            .version(HttpClient.Version.HTTP_1_1);
    String certificates = terminal.variable(TRUSTED);
    if (certificates != null) {
      builder.sslContext(trusting(Path.of(certificates)));
    }
    this.client = builder.build();
  }

  /**
   * Sends a request.
   *
   * @throws CliException when no answer comes
   */
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", e);
    } catch (IOException e) {
      throw unreachable(request.uri(), e);
    }
  }

  private static CliException unreachable(URI address, IOException e) {
    // The path may hold what the caller typed, and is of no use here.
    String server = address.getScheme() + "://" + address.getRawAuthority();
    String why =
        switch (e) {
          case HttpTimeoutException _ -> "no answer in time";
          case SSLException ssl ->
              ssl.getMessage() + " (" + TRUSTED + " can name the certificates to trust)";
          default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    return new CliException(
        ExitCode.UNAVAILABLE, "%s cannot be reached: %s".formatted(server, why), e);
  }

  private static SSLContext trusting(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("given-" + number++, one);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new CliException(ExitCode.USAGE, "%s: %s cannot be read".formatted(TRUSTED, file), e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** The same answer with its body as text, for callers that look at the status themselves. */
  static Answer answer(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  static @Nullable String first(Answer answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }
}
