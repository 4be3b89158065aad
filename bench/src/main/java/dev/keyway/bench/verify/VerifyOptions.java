package dev.keyway.bench.verify;

import dev.keyway.bench.BenchException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large and how long a run is.
 *
 * @param revoked how many of the keys are revoked, and how many of each sort are in rotation
 * @param processes how often every server is started anew; the rounds are shared out among them
 * @param rounds in all
 * @param pacedRate requests per second of the phase that looks at latencies without queues
 */
public record VerifyOptions(
    int keys,
    int revoked,
    int connections,
    int processes,
    int rounds,
    Duration round,
    Duration warmUp,
    int pacedRate,
    Recording recording) {
  /** Whether the figures go into bench/README.md. */
  public enum Recording {
    RESULTS_ONLY,
    README_TOO
  }

  public static final String HELP =
      """
      options (default):
        --rounds N            interleaved rounds (6)
        --round-seconds N     length of a round (6)
        --warm-up-seconds N   load on each server before its first round (15)
        --processes N         fresh processes of each server; rounds are shared out (2)
        --keys N              keys in the store (100000)
        --revoked N           revoked ones among them, and keys in rotation (2000)
        --connections N       kept-alive connections (64)
        --paced-rate N        requests a second when latency is measured without queues (2000)
        --quick               2,000 keys, 2 short rounds, 1 process: to see it work, not to quote
        --record              also put the summary into bench/README.md
      """;

  private static final Map<String, Integer> USUAL =
      Map.of(
          "--rounds", 6,
          "--round-seconds", 6,
          "--warm-up-seconds", 15,
          "--processes", 2,
          "--keys", 100_000,
          "--revoked", 2_000,
          "--connections", 64,
          "--paced-rate", 2_000);

  private static final Map<String, Integer> QUICK =
      Map.of(
          "--rounds", 2,
          "--round-seconds", 2,
          "--warm-up-seconds", 3,
          "--processes", 1,
          "--keys", 2_000,
          "--revoked", 200);

  /**
   * Reads the options; a later one wins.
   *
   * @throws BenchException naming the option that is wrong
   */
  public static VerifyOptions parse(List<String> arguments) {
    var numbers = new HashMap<>(USUAL);
    var recording = Recording.RESULTS_ONLY;
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--quick" -> numbers.putAll(QUICK);
        case "--record" -> recording = Recording.README_TOO;
        default -> {
          if (!USUAL.containsKey(name)) {
            throw new BenchException("unknown option '" + name + "'\n\n" + HELP);
          }
          numbers.put(name, number(name, rest.hasNext() ? rest.next() : ""));
        }
      }
    }
    return of(numbers, recording);
  }

  private static VerifyOptions of(Map<String, Integer> numbers, Recording recording) {
    var options =
        new VerifyOptions(
            numbers.getOrDefault("--keys", 0),
            numbers.getOrDefault("--revoked", 0),
            numbers.getOrDefault("--connections", 0),
            numbers.getOrDefault("--processes", 0),
            numbers.getOrDefault("--rounds", 0),
            Duration.ofSeconds(numbers.getOrDefault("--round-seconds", 0)),
            Duration.ofSeconds(numbers.getOrDefault("--warm-up-seconds", 0)),
            numbers.getOrDefault("--paced-rate", 0),
            recording);
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

  /** How many rounds the process with this number, from 0, has. */
  int roundsOf(int process) {
    return rounds / processes + (process < rounds % processes ? 1 : 0);
  }
}
