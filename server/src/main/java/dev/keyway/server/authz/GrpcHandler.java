package dev.keyway.server.authz;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Takes each gRPC call of one event loop to the method it names. */
final class GrpcHandler implements Handler<HttpServerRequest> {
  private static final String GRPC = "application/grpc";
  private static final int BAD_METHOD = 405;
  private static final int BAD_CONTENT = 415;
  private static final int BAD_VERSION = 505;

  private final Vertx vertx;
  private final Map<String, BiConsumer<GrpcCall, byte[]>> methods;

  /**
   * A handler of these methods.
   *
   * @param methods by path, such as {@code /package.Service/Method}; each is given the message
   */
  GrpcHandler(Vertx vertx, Map<String, BiConsumer<GrpcCall, byte[]>> methods) {
    this.vertx = vertx;
    this.methods = Map.copyOf(methods);
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      refuse(request, BAD_VERSION);
    } else if (!HttpMethod.POST.equals(request.method())) {
      refuse(request, BAD_METHOD);
    } else if (!isGrpc(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      refuse(request, BAD_CONTENT);
    } else {
      var call = new GrpcCall(request);
      BiConsumer<GrpcCall, byte[]> method = methods.get(request.path());
      if (method == null) {
        call.fail(GrpcStatus.UNIMPLEMENTED, "there is no such method here");
      } else {
        call.receive(vertx, message -> method.accept(call, message));
      }
    }
  }

  /** What is not gRPC is told so in the words of HTTP (grpc.io, "HTTP to gRPC status mapping"). */
  private static void refuse(HttpServerRequest request, int status) {
    var _ = request.response().setStatusCode(status).end();
  }

  private static boolean isGrpc(@Nullable String contentType) {
    return contentType != null
        && (contentType.equals(GRPC)
            || contentType.equals("application/grpc+proto")
            || contentType.startsWith("application/grpc;"));
  }
}
