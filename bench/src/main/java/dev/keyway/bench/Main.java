package dev.keyway.bench;

import dev.keyway.bench.flood.FloodBench;
import dev.keyway.bench.gateway.GatewayBench;
import dev.keyway.bench.inprocess.InprocessBench;
import dev.keyway.bench.peers.PeersBench;
import dev.keyway.bench.profile.ProfileBench;
import dev.keyway.bench.scale.ScaleBench;
import dev.keyway.bench.start.StartBench;
import dev.keyway.bench.verify.VerifyBench;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./keyway bench [NAME] [OPTION...]}: runs a benchmark by its name. */
public final class Main {
  private static final String USAGE =
      """
      usage: ./keyway bench NAME [OPTION...]

      verify     CPU of a decision: forward-auth and the gateway's refusals, beside a bare
                 Vert.x handler that answers the same bytes and nginx with a static map
      gateway    CPU of a GET through the gateway, beside nginx proxy_pass
      inprocess  a decision without a network, by JMH
      scale      1,000 to 1,000,000 keys (--full: 10,000,000): memory, hits, misses, start, list
      flood      good keys' latency and throughput while strangers flood, and without
      peers      forward-auth and POST /v1/keys/verify beside the key maps of nginx, HAProxy
                 and Caddy, and better-auth's API-key plugin on Node
      start      from the start of the program to the first verified request, with and
                 without the cache that a build trains
      profile    where the CPU time, the memory and the waiting of the hot path go

      """;

  private Main() {}

  /** A benchmark; false when it missed a goal. */
  private interface Benchmark {
    boolean run(List<String> arguments, Progress progress);
  }

  private static final Map<String, Benchmark> BENCHMARKS =
      Map.ofEntries(
          Map.entry(
              "verify",
              (arguments, progress) -> VerifyBench.run(Options.parse(arguments), progress)),
          Map.entry(
              "gateway",
              (arguments, progress) -> GatewayBench.run(Options.parse(arguments), progress)),
          Map.entry("inprocess", InprocessBench::run),
          Map.entry("scale", ScaleBench::run),
          Map.entry("profile", ProfileBench::run),
          Map.entry("peers", PeersBench::run),
          Map.entry("flood", FloodBench::run),
          Map.entry(
              "start",
              (arguments, progress) -> StartBench.run(Options.parse(arguments), progress)));

  /** Exits with 0 when measured, 1 when a goal was missed, 2 when nothing could be measured. */
  public static void main(String[] arguments) {
    // Figures read the same everywhere.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    if (arguments.isEmpty() || arguments.contains("-h") || arguments.contains("--help")) {
      System.out.print(USAGE + Options.HELP);
      return 0;
    }
    Progress progress = Progress.onStandardError();
    try {
      Benchmark benchmark = BENCHMARKS.get(arguments.getFirst());
      if (benchmark == null) {
        throw new BenchException("no benchmark '%s'\n\n%s".formatted(arguments.getFirst(), USAGE));
      }
      return benchmark.run(arguments.subList(1, arguments.size()), progress) ? 0 : 1;
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      return 2;
    }
  }
}
