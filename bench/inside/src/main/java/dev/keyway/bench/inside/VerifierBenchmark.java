package dev.keyway.bench.inside;

import dev.keyway.app.cluster.HeldLease;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.Lease;
import dev.keyway.core.lease.NodeLease;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * {@code Verifier.verifyIfCached} with all it does: the form, the digest, the look-up in memory,
 * the lease, the limit, the record of use. 100,000 keys are in memory and 2,000 are in rotation.
 *
 * <p>Its folders, {@code none} and {@code pepper}, are in that of the property {@code
 * keyway.bench.folder}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VerifierBenchmark {
  private static final int UNKNOWN = 50_000;
  private static final String CLUSTER = "valid-in-cluster";

  /** Whether digests are made under a pepper. */
  @Param({"none", "pepper"})
  public String digest = "none";

  /** What is presented; the last, to a node whose lease is one among several nodes'. */
  @Param({"valid", "revoked", "unknown", CLUSTER})
  public String keys = "valid";

  private @Nullable Subject subject;
  private String[] rotation = {};
  private int next;

  /** Reads every key once, so that memory has it. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    Path folder = Path.of(System.getProperty("keyway.bench.folder", "."), digest);
    Path pepper = folder.resolve("pepper");
    var made =
        new Subject(
            folder.resolve("keyway"),
            MadeKeys.peppers(Files.exists(pepper) ? pepper.toString() : "-"),
            keys.equals(CLUSTER) ? held() : new SoleNodeLease());
    subject = made;
    List<String> valid = Files.readAllLines(folder.resolve("valid.keys"));
    List<String> revoked = Files.readAllLines(folder.resolve("revoked.keys"));
    for (String key : valid) {
      require(made.bring(key) instanceof Allowed);
    }
    for (String key : revoked) {
      require(made.bring(key) instanceof VerificationDecision.Denied);
    }
    rotation =
        switch (keys) {
          case "valid", CLUSTER -> valid.stream().limit(2_000).toArray(String[]::new);
          case "revoked" -> revoked.stream().limit(2_000).toArray(String[]::new);
          default -> unknown();
        };
  }

  /** A cluster's lease, renewed once and for longer than any measurement. */
  private static Lease held() {
    var held = new HeldLease(System::nanoTime);
    long far = System.nanoTime() + TimeUnit.DAYS.toNanos(1);
    held.show(
        new NodeLease(
            NodeLease.Activity.IDLE,
            "bench",
            1,
            Place.START,
            Place.START,
            0,
            far,
            false,
            null,
            false,
            far,
            far,
            0));
    return held;
  }

  private static String[] unknown() {
    var random = new Random(7);
    var unknown = new ArrayList<String>();
    for (int i = 0; i < UNKNOWN; i++) {
      unknown.add(MadeKeys.unknown(random));
    }
    return unknown.toArray(String[]::new);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("a key was not decided as it should be");
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    if (subject != null) {
      subject.close();
    }
  }

  @Benchmark
  public Optional<VerificationDecision> verifyIfCached() {
    int at = next;
    next = at + 1 == rotation.length ? 0 : at + 1;
    return Objects.requireNonNull(subject).decide(rotation[at]);
  }
}
