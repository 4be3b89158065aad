package dev.keyway.conformance.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.EnvoyDoor;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.NewKey;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls that are no question, or that nobody waits for. */
@DisplayName("Envoy: broken and cancelled calls")
final class BadCallsTest {
  private static final String CHECK = "envoy.service.auth.v3.Authorization/Check";

  private final Bench bench = Bench.shared();
  private final EnvoyDoor envoy = bench.keyway().envoy();

  @AfterEach
  void close() {
    envoy.close();
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .build();
  }

  private byte[] send(String name, byte[] message, CallOptions options) {
    return ClientCalls.blockingUnaryCall(
        envoy.channel(), method(name), options.withDeadlineAfter(20, TimeUnit.SECONDS), message);
  }

  private Status.Code failure(String name, byte[] message, CallOptions options) {
    var failed =
        catchThrowableOfType(StatusRuntimeException.class, () -> send(name, message, options));
    return failed == null ? Status.Code.OK : failed.getStatus().getCode();
  }

  /** It goes on answering those who ask properly. */
  private void stillAnswers() {
    NewKey key = bench.key("echo");
    envoy.call("GET", "/echo/t", "Authorization", key.bearer()).expect(200);
  }

  @Test
  void garbage_isRefusedOrAnswered_andHarmsNobody() {
    var random = new Random(7_702);
    for (int i = 0; i < 200; i++) {
      byte[] message = new byte[1 + random.nextInt(200)];
      random.nextBytes(message);
      assertThat(failure(CHECK, message, CallOptions.DEFAULT))
          .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.OK);
    }
    stillAnswers();
  }

  @Test
  void emptyMessage_isARequestThatLeadsNowhere() throws Exception {
    var response = CheckResponse.parseFrom(send(CHECK, new byte[0], CallOptions.DEFAULT));
    EnvoyDoor.seen("nothing", response).problem(400, "invalid_request");
  }

  @Test
  void messageTooLong_isRefused() {
    assertThat(failure(CHECK, new byte[1024 * 1024], CallOptions.DEFAULT))
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    stillAnswers();
  }

  @Test
  void compressedMessage_isRefused() {
    assertThat(failure(CHECK, new byte[2_000], CallOptions.DEFAULT.withCompression("gzip")))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void otherMethods_areNotThere() {
    assertThat(
            failure("envoy.service.auth.v2.Authorization/Check", new byte[0], CallOptions.DEFAULT))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void health_isServing() {
    byte[] status = send("grpc.health.v1.Health/Check", new byte[0], CallOptions.DEFAULT);
    assertThat(status).containsExactly(8, 1);
  }

  @Test
  void cancelledCalls_leaveNothingBehind() {
    NewKey key = bench.key("echo");
    byte[] message =
        EnvoyDoor.request("GET", "/echo/t", "Authorization", key.bearer()).build().toByteArray();
    var ended = new AtomicInteger();
    int calls = 500;
    for (int i = 0; i < calls; i++) {
      ClientCall<byte[], byte[]> call = envoy.channel().newCall(method(CHECK), CallOptions.DEFAULT);
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onClose(Status status, Metadata trailers) {
              ended.incrementAndGet();
            }
          },
          new Metadata());
      call.request(1);
      call.sendMessage(message);
      if (i % 2 == 0) {
        call.halfClose();
      }
      call.cancel("the client has gone", null);
    }
    Eventually.holds("every call ended", Duration.ofSeconds(20), () -> ended.get() == calls);
    stillAnswers();
  }

  @Test
  void deadlineThatHasPassed_isTheCallersLoss() {
    NewKey key = bench.key("echo");
    var request = EnvoyDoor.request("GET", "/echo/t", "Authorization", key.bearer()).build();
    var late =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                AuthorizationGrpc.newBlockingStub(envoy.channel())
                    .withDeadlineAfter(1, TimeUnit.NANOSECONDS)
                    .check(request));
    assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    stillAnswers();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
