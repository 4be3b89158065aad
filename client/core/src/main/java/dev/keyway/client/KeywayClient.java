package dev.keyway.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks Keyway's forward-auth door ({@code /authz/{product}}) whether a request may pass. The host
 * must be in Keyway's {@code control.internal-networks}.
 *
 * <p>No decision is kept: once a revoke has returned, the next request is refused, and a cache here
 * would break that promise. Every {@code check} of a request that passes counts against its limit,
 * so ask once a request. Safe for use by many threads; make one and keep it.
 */
public final class KeywayClient {
  private final URI door;
  private final Transport transport;
  private final Complaints complaints;

  private KeywayClient(Builder builder, String url, String product) {
    URI base = Urls.base(url);
    this.door = URI.create(base + "/authz/" + Urls.slug(product));
    this.transport = new Transport(builder.limits, builder.tls, builder.nanoTime);
    this.complaints = new Complaints(base, builder.nanoTime);
  }

  /**
   * A client of one product with the default limits.
   *
   * @param url the control listener's address, such as {@code http://127.0.0.1:7700}
   * @param product the profile's name
   */
  public static KeywayClient of(String url, String product) {
    return builder(url, product).build();
  }

  /** A client of one product with limits of one's own. */
  public static Builder builder(String url, String product) {
    return new Builder(url, product);
  }

  /** Asks and waits, for the call's time-out at most. */
  public Decision check(ForwardedRequest request) {
    return checkAsync(request).join();
  }

  /**
   * Asks; the future never fails. What is chained to it runs on a thread of the HTTP client and
   * must not block.
   */
  public CompletableFuture<Decision> checkAsync(ForwardedRequest request) {
    if (!request.isWellFormed()) {
      return refuse(400, "invalid_request", "The request is not well-formed HTTP/1.1.");
    }
    if (request.isTooLong()) {
      return refuse(413, "too_large", "The request line or the headers are too long.");
    }
    return transport.call(toHttp(request)).thenApply(reply -> decide(request, reply));
  }

  /** Whether Keyway has failed so often that it is not asked for the moment. */
  public boolean isCircuitOpen() {
    return transport.isOpen();
  }

  private HttpRequest toHttp(ForwardedRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(door)
            .GET()
            .header("X-Forwarded-Method", request.method())
            .header("X-Forwarded-Uri", request.target());
    request.fields().forEach(field -> http.header(field.getKey(), field.getValue()));
    return http.build();
  }

  private Decision decide(ForwardedRequest request, Reply reply) {
    Decision decision = DecisionReader.read(request, reply);
    if (decision instanceof Decision.Unavailable unavailable) {
      complaints.about(unavailable.reason(), unavailable.cause());
    }
    return decision;
  }

  private static CompletableFuture<Decision> refuse(int status, String code, String detail) {
    String title = status == 413 ? "The request is too large" : "The request is not valid";
    ClientAnswer answer = ClientAnswer.problem(status, code, title, detail);
    return CompletableFuture.completedFuture(new Decision.Refused(code, answer));
  }

  /** What a client is made of. */
  public static final class Builder {
    private final String url;
    private final String product;
    private CallLimits limits = CallLimits.DEFAULT;
    private @Nullable SSLContext tls;
    private LongSupplier nanoTime = System::nanoTime;

    private Builder(String url, String product) {
      this.url = url;
      this.product = product;
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

    Builder nanoTime(LongSupplier value) {
      nanoTime = value;
      return this;
    }

    /**
     * Makes the client.
     *
     * @throws IllegalArgumentException for an address or a product that cannot be one
     */
    public KeywayClient build() {
      return new KeywayClient(this, url, product);
    }
  }
}
