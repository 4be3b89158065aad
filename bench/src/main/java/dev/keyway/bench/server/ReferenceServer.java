package dev.keyway.bench.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The limit that the gateway is held against: a bare Vert.x handler that looks at nothing and
 * answers the bytes of a file, status, headers and body.
 *
 * <p>Arguments: the port, the file, and for TLS the certificate and its private key.
 */
public final class ReferenceServer extends VerticleBase {
  private final int port;
  private final Fixed answer;
  private final HttpServerOptions options;

  private ReferenceServer(int port, Fixed answer, HttpServerOptions options) {
    this.port = port;
    this.answer = answer;
    this.options = options;
  }

  /** An answer in the forms that Vert.x writes fastest. */
  private record Fixed(int status, List<Field> headers, Buffer body) {
    static Fixed of(RawAnswer answer) {
      List<Field> headers =
          answer.headers().stream()
              .map(header ->
                  new Field(
                      HttpHeaders.createOptimized(header.name()),
                      HttpHeaders.createOptimized(header.value())))
              .toList();
      return new Fixed(answer.status(), headers, Buffer.buffer(answer.body()));
    }
  }

  private record Field(CharSequence name, CharSequence value) {}

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    byte[] bytes = Files.readAllBytes(Path.of(arguments[1]));
    var answer = Fixed.of(RawAnswer.read(new ByteArrayInputStream(bytes)));
    var options = new HttpServerOptions();
    if (arguments.length > 2) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(arguments[2]).setKeyPath(arguments[3]));
    }
    var loops = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(() -> new ReferenceServer(port, answer, options), loops)
        .onFailure(failure -> {
          System.err.println("cannot listen: " + failure.getMessage());
          System.exit(1);
        });
  }

  @Override
  public Future<?> start() {
    return vertx.createHttpServer(options).requestHandler(this::answer).listen(port, "127.0.0.1");
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.status());
    for (Field header : answer.headers()) {
      response.headers().add(header.name(), header.value());
    }
    response.end(answer.body());
  }
}
