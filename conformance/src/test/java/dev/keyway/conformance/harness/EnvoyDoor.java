package dev.keyway.conformance.harness;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Peer;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Request;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A client in Envoy's place, made of Envoy's published API classes: it asks about a request as the
 * shipped configuration has Envoy ask, and shows what Envoy would answer. No Envoy runs here.
 */
public final class EnvoyDoor implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final ManagedChannel channel;

  EnvoyDoor(String address) {
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  /** The connection, for calls of another kind. */
  public ManagedChannel channel() {
    return channel;
  }

  /** The request as Envoy tells of it, every header line by itself. */
  public static CheckRequest.Builder request(String method, String target, String... headers) {
    HeaderMap.Builder lines = HeaderMap.newBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      lines.addHeaders(
          HeaderValue.newBuilder()
              .setKey(headers[i].toLowerCase(Locale.ROOT))
              .setRawValue(ByteString.copyFromUtf8(headers[i + 1])));
    }
    return about(http(method, target).setHeaderMap(lines).build());
  }

  /** The same with lines of one name joined by a comma, as Envoy does unless told otherwise. */
  public static CheckRequest.Builder joined(String method, String target, String... headers) {
    Map<String, String> merged = new TreeMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      merged.merge(
          headers[i].toLowerCase(Locale.ROOT), headers[i + 1], (first, next) -> first + "," + next);
    }
    return about(http(method, target).putAllHeaders(merged).build());
  }

  private static HttpRequest.Builder http(String method, String target) {
    return HttpRequest.newBuilder()
        .setMethod(method)
        .setPath(target)
        .setHost("api.example")
        .setScheme("https")
        .setProtocol("HTTP/1.1");
  }

  private static CheckRequest.Builder about(HttpRequest http) {
    Address client =
        Address.newBuilder()
            .setSocketAddress(SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(1))
            .build();
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .setSource(Peer.newBuilder().setAddress(client))
                .setRequest(Request.newBuilder().setHttp(http)));
  }

  /** What Keyway says of a request. */
  public CheckResponse check(CheckRequest request) {
    return AuthorizationGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .check(request);
  }

  /** What Keyway says of a request with these headers, names and values in turn. */
  public CheckResponse check(String method, String target, String... headers) {
    return check(request(method, target, headers).build());
  }

  /** What the client sees: the refusal, or 200 in the place of whatever the upstream answers. */
  public Answer call(String method, String target, String... headers) {
    return seen(method + " " + target.split("\\?", 2)[0], check(method, target, headers));
  }

  /** What the client sees of a response. */
  public static Answer seen(String call, CheckResponse response) {
    boolean isOk = response.getStatus().getCode() == 0;
    if (isOk != response.hasOkResponse() || isOk == response.hasDeniedResponse()) {
      throw new AssertionError(call + ": status and answer contradict each other: " + response);
    }
    return isOk
        ? new Answer(call, 200, headers(response.getOkResponse().getResponseHeadersToAddList()), "")
        : new Answer(
            call,
            response.getDeniedResponse().getStatus().getCodeValue(),
            headers(response.getDeniedResponse().getHeadersList()),
            response.getDeniedResponse().getBody());
  }

  private static Map<String, List<String>> headers(List<HeaderValueOption> options) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HeaderValueOption option : options) {
      headers
          .computeIfAbsent(option.getHeader().getKey(), _ -> new ArrayList<>())
          .add(option.getHeader().getValue());
    }
    return headers;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
