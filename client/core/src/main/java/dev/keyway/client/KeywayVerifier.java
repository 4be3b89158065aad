package dev.keyway.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks Keyway whether a key is good ({@code POST /v1/keys/verify}), for those who hold the key
 * itself and are not in its internal network. Needs an operator key with the right {@code verify}.
 *
 * <p>No verdict is kept and no call repeated, for the reasons of {@link KeywayClient}.
 */
public final class KeywayVerifier {
  /** No key is as long; Keyway would say the same. */
  private static final int MAX_KEY = 512;

  private final URI call;
  private final String authorization;
  private final Transport transport;
  private final Complaints complaints;

  private KeywayVerifier(Builder builder, String url, String operatorKey) {
    URI base = Urls.base(url);
    this.call = URI.create(base + "/v1/keys/verify");
    if (!operatorKey.matches("kwo_[0-9A-Za-z]+")) {
      throw new IllegalArgumentException("an operator key begins with kwo_");
    }
    this.authorization = "Bearer " + operatorKey;
    this.transport = new Transport(builder.limits, builder.tls, System::nanoTime);
    this.complaints = new Complaints(base, System::nanoTime);
  }

  /** A verifier with the default limits. */
  public static KeywayVerifier of(String url, String operatorKey) {
    return builder(url, operatorKey).build();
  }

  /** A verifier with limits of one's own. */
  public static Builder builder(String url, String operatorKey) {
    return new Builder(url, operatorKey);
  }

  /** Asks and waits, for the call's time-out at most. */
  public Verification verify(KeyCheck check) {
    return verifyAsync(check).join();
  }

  /** Asks; the future never fails. What is chained to it must not block. */
  public CompletableFuture<Verification> verifyAsync(KeyCheck check) {
    if (check.key().length() > MAX_KEY) {
      return CompletableFuture.completedFuture(
          new Verification.Invalid("malformed", Optional.empty()));
    }
    HttpRequest request =
        HttpRequest.newBuilder(call)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(FlatJson.write(check)))
            .build();
    return transport.call(request).thenApply(this::decide);
  }

  /** Whether Keyway has failed so often that it is not asked for the moment. */
  public boolean isCircuitOpen() {
    return transport.isOpen();
  }

  private Verification decide(Reply reply) {
    Verification verification = VerificationReader.read(reply);
    if (verification instanceof Verification.Unavailable unavailable) {
      complaints.about(unavailable.reason(), unavailable.cause());
    }
    return verification;
  }

  @Override
  public String toString() {
    return "KeywayVerifier[" + call + "]";
  }

  /** What a verifier is made of. */
  public static final class Builder {
    private final String url;
    private final String operatorKey;
    private CallLimits limits = CallLimits.DEFAULT;
    private @Nullable SSLContext tls;

    private Builder(String url, String operatorKey) {
      this.url = url;
      this.operatorKey = operatorKey;
    }

    public Builder limits(CallLimits value) {
      limits = value;
      return this;
    }

    /** Whom to trust, where the platform's own certificates are not enough. */
    public Builder tls(SSLContext value) {
      tls = value;
      return this;
    }

    /**
     * Makes the verifier.
     *
     * @throws IllegalArgumentException for an address or an operator key that cannot be one
     */
    public KeywayVerifier build() {
      return new KeywayVerifier(this, url, operatorKey);
    }
  }
}
