package dev.keyway.conformance.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import com.google.protobuf.UnknownFieldSet;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.EnvoyDoor;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener of one node: whom it answers, what a flood may cost, and how it stops. */
@DisplayName("Envoy: the node")
final class EnvoyNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Answers are read as fields that no message knows. */
  private static final MethodDescriptor<Empty, Empty> HEALTH =
      MethodDescriptor.newBuilder(
              ProtoUtils.marshaller(Empty.getDefaultInstance()),
              ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("grpc.health.v1.Health/Check")
          .build();

  @TempDir private Path data;

  private ServedKeyway serve(ServedKeyway.Settings settings) throws IOException {
    Path profiles = Files.createDirectories(data.resolve("profiles"));
    Files.writeString(profiles.resolve("many.yaml"), Resource.text("bench/many.yaml"));
    return ServedKeyway.start(data, settings, Map.of());
  }

  private static CheckRequest from(String client, String key) {
    var request = EnvoyDoor.request("GET", "/many/t", "Authorization", "Bearer " + key);
    request
        .getAttributesBuilder()
        .getSourceBuilder()
        .getAddressBuilder()
        .getSocketAddressBuilder()
        .setAddress(client);
    return request.build();
  }

  private static Answer seen(EnvoyDoor envoy, String client, String key) {
    return EnvoyDoor.seen("GET /many/t", envoy.check(from(client, key)));
  }

  /** A key that was never issued, another one for each number. */
  private static String madeUp(int number) {
    String body = "mny_%012d".formatted(number) + "7".repeat(43);
    return body + KeyForm.check(body);
  }

  @Test
  void peersOutsideTheInternalNetworks_areCutOff() throws IOException {
    var settings = new ServedKeyway.Settings(", internal-networks: [10.9.0.0/16]", "", "");
    try (ServedKeyway keyway = serve(settings);
        EnvoyDoor envoy = keyway.envoy()) {
      var refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> envoy.check("GET", "/many/t"));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      keyway
          .program()
          .await(
              "a word of it", () -> keyway.output().contains("outside control.internal-networks"));
    }
  }

  @Test
  void flood_isBoundedByTheClientThatEnvoyNames() throws IOException {
    var settings =
        new ServedKeyway.Settings("", "", "flood: {unknown-per-address: 5, unknown-total: 500}\n");
    try (ServedKeyway keyway = serve(settings);
        EnvoyDoor envoy = keyway.envoy()) {
      Tenants tenants = keyway.tenants();
      NewKey key = tenants.key("many", tenants.account("many"));
      seen(envoy, "203.0.113.1", key.secret()).expect(200);
      Set<Integer> statuses = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        statuses.add(seen(envoy, "203.0.113.1", madeUp(i)).status());
      }
      assertThat(statuses).containsExactlyInAnyOrder(401, 503);
      seen(envoy, "203.0.113.2", madeUp(40)).problem(401, "invalid_key");
      seen(envoy, "203.0.113.1", key.secret()).expect(200);
    }
  }

  @Test
  void sigterm_underLoad_losesNoCall() throws Exception {
    var settings = new ServedKeyway.Settings("", "", "drain: {delay: 1s, patience: 10s}\n");
    try (ServedKeyway keyway = serve(settings);
        EnvoyDoor envoy = keyway.envoy();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Tenants tenants = keyway.tenants();
      NewKey key = tenants.key("many", tenants.account("many"));
      seen(envoy, "203.0.113.1", key.secret()).expect(200);
      assertThat(health(envoy)).isEqualTo(1);
      var failures = new ConcurrentLinkedQueue<Throwable>();
      for (int i = 0; i < 8; i++) {
        callers.execute(() -> failures.add(callUntilItFails(envoy, key)));
      }
      keyway.program().terminate();
      Eventually.holds("not serving", PATIENCE, () -> health(envoy) == 2);
      Eventually.holds("every caller ended", PATIENCE, () -> failures.size() == 8);
      // Nobody was cut off: each call was answered until there was nobody left to connect to. What
      // has connected without being accepted is reset when the listener closes.
      assertThat(failures)
          .allSatisfy(failure -> assertThat(failure).hasRootCauseInstanceOf(IOException.class));
      assertThat(keyway.program().ends(PATIENCE)).isTrue();
      callers.shutdown();
      assertThat(callers.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Throwable callUntilItFails(EnvoyDoor envoy, NewKey key) {
    try {
      while (seen(envoy, "203.0.113.1", key.secret()).status() == 200) {
        Thread.onSpinWait();
      }
      return new AssertionError("a good key was refused");
    } catch (StatusRuntimeException last) {
      // A connection that nobody accepts any more may be reset rather than refused; a call that was
      // cut off while others are served would succeed now.
      try {
        return new AssertionError(
            "cut off while calls were served: " + seen(envoy, "203.0.113.1", key.secret()));
      } catch (StatusRuntimeException e) {
        return e;
      }
    }
  }

  /** 1 for serving, 2 for not. */
  private static long health(EnvoyDoor envoy) {
    Empty answer =
        ClientCalls.blockingUnaryCall(
            envoy.channel(), HEALTH, CallOptions.DEFAULT, Empty.getDefaultInstance());
    UnknownFieldSet.Field status = answer.getUnknownFields().getField(1);
    List<Long> values = status.getVarintList();
    return values.getFirst();
  }
}
