package dev.keyway.bench;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large and how long a run is.
 *
 * @param revoked how many of the keys are revoked, and how many of each sort are in rotation
 * @param processes how often every server is started anew; the rounds are shared out among them
 * @param rounds in all
 * @param pacedRate requests per second of the phase that looks at latencies without queues
 */
public record Options(
    int keys,
    int revoked,
    int connections,
    int processes,
    int rounds,
    Duration round,
    Duration pacedRound,
    Duration warmUp,
    int pacedRate,
    Set<Switch> switches) {
  /** What is either asked for or not. */
  public enum Switch {
    QUICK("--quick"),
    RECORD("--record"),
    TLS("--tls"),
    FULL("--full");

    private final String option;

    Switch(String option) {
      this.option = option;
    }
  }

  public static final String HELP =
      """
      options (default):
        --rounds N            interleaved rounds (7)
        --round-seconds N     length of a round at saturation (6)
        --paced-seconds N     length of a round at the fixed rate (4)
        --paced-rate N        the fixed rate, requests a second (5000; peers: 300)
        --warm-up-seconds N   load on each server before its first round (15)
        --processes N         fresh processes of each server; rounds are shared out (2)
        --keys N              keys in the store (100000)
        --revoked N           revoked ones among them, and keys in rotation (2000)
        --connections N       kept-alive connections (64)
        --tls                 verify, gateway: over TLS
        --full                scale: up to 10,000,000 keys
        --quick               few keys, 2 short rounds, 1 process: to see it work, not to quote
        --record              also put table and chart into bench/README.md and bench/charts/
      """;

  private static final Map<String, Integer> USUAL =
      Map.of(
          "--rounds", 7,
          "--round-seconds", 6,
          "--paced-seconds", 4,
          "--warm-up-seconds", 15,
          "--processes", 2,
          "--keys", 100_000,
          "--revoked", 2_000,
          "--connections", 64,
          "--paced-rate", 5_000);

  private static final Map<String, Integer> QUICK =
      Map.of(
          "--rounds", 2,
          "--round-seconds", 2,
          "--paced-seconds", 1,
          "--warm-up-seconds", 3,
          "--processes", 1,
          "--keys", 2_000,
          "--revoked", 200);

  public Options {
    switches = Set.copyOf(switches);
  }

  /**
   * Reads the options; a later one wins.
   *
   * @throws BenchException naming the option that is wrong
   */
  public static Options parse(List<String> arguments) {
    return parse(arguments, Map.of());
  }

  /**
   * The same with other defaults for some.
   *
   * @throws BenchException naming the option that is wrong
   */
  public static Options parse(List<String> arguments, Map<String, Integer> defaults) {
    var numbers = new HashMap<>(USUAL);
    numbers.putAll(defaults);
    var switches = EnumSet.noneOf(Switch.class);
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      if (numbers.containsKey(name)) {
        numbers.put(name, number(name, rest.hasNext() ? rest.next() : ""));
        continue;
      }
      Switch asked = switchOf(name);
      switches.add(asked);
      if (asked == Switch.QUICK) {
        numbers.putAll(QUICK);
      }
    }
    return of(numbers, switches);
  }

  private static Switch switchOf(String name) {
    for (Switch candidate : Switch.values()) {
      if (candidate.option.equals(name)) {
        return candidate;
      }
    }
    throw new BenchException("unknown option '" + name + "'\n\n" + HELP);
  }

  private static Options of(Map<String, Integer> numbers, Set<Switch> switches) {
    var options =
        new Options(
            numbers.getOrDefault("--keys", 0),
            numbers.getOrDefault("--revoked", 0),
            numbers.getOrDefault("--connections", 0),
            numbers.getOrDefault("--processes", 0),
            numbers.getOrDefault("--rounds", 0),
            Duration.ofSeconds(numbers.getOrDefault("--round-seconds", 0)),
            Duration.ofSeconds(numbers.getOrDefault("--paced-seconds", 0)),
            Duration.ofSeconds(numbers.getOrDefault("--warm-up-seconds", 0)),
            numbers.getOrDefault("--paced-rate", 0),
            switches);
    if (options.keys < 2 * options.revoked) {
      throw new BenchException("--keys must be at least twice --revoked");
    }
    if (options.rounds < options.processes) {
      throw new BenchException("--rounds must be at least --processes");
    }
    return options;
  }

  private static int number(String name, String text) {
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw new BenchException(name + " needs a whole number of 1 or more, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  public boolean has(Switch asked) {
    return switches.contains(asked);
  }

  /** How many rounds the process with this number, from 0, has. */
  public int roundsOf(int process) {
    return rounds / processes + (process < rounds % processes ? 1 : 0);
  }

  /** How it was measured, for the report. */
  public String method() {
    return ("method: %,d keys, %,d of them revoked, %,d in rotation; %d connections kept alive; %d rounds of %d s at"
            + " saturation and %d s at about %,d requests/s, interleaved; fresh processes of each server: %d, with"
            + " %d s of load first; medians (lowest-highest) of rounds and of ratios within rounds; CPU is user and"
            + " system time of the server's process and children, later work (until its next round) included; audit,"
            + " metrics and usage recording on%s")
        .formatted(
            keys,
            revoked,
            revoked,
            connections,
            rounds,
            round.toSeconds(),
            pacedRound.toSeconds(),
            pacedRate,
            processes,
            warmUp.toSeconds(),
            has(Switch.TLS) ? "; TLS 1.3 on every connection of a client" : "");
  }
}
