package dev.keyway.bench.verify;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.load.Load;
import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.load.Wrk;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.measure.Snapshot;
import dev.keyway.bench.verify.Arena.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the load on one contender after the other and writes down what each used. */
final class Referee {
  private static final Duration PACED = Duration.ofSeconds(5);

  private final Accounting accounting;
  private final Wrk wrk;
  private final KeyFiles keys;
  private final VerifyOptions options;
  private final Progress progress;
  private final long ownPid = ProcessHandle.current().pid();

  private final List<Round> rounds = new ArrayList<>();
  private final List<PacedRound> paced = new ArrayList<>();

  /** Latencies at a rate that leaves every server idle most of the time. */
  record PacedRound(Contender contender, LoadResult load) {}

  /** The last round of a process and the moment of its end. */
  private record Ended(int round, Snapshot at) {}

  Referee(Accounting accounting, Wrk wrk, KeyFiles keys, VerifyOptions options, Progress progress) {
    this.accounting = accounting;
    this.wrk = wrk;
    this.keys = keys;
    this.options = options;
    this.progress = progress;
  }

  List<Round> rounds() {
    return List.copyOf(rounds);
  }

  List<PacedRound> pacedRounds() {
    return List.copyOf(paced);
  }

  /** Warms up all contenders of an arena and has its share of the rounds. */
  void judge(Arena arena, int process) {
    for (Contender contender : Contender.values()) {
      progress.say("process %d: warming up %s".formatted(process + 1, contender.text()));
      load(arena.place(contender), contender, warmUpKeys(contender), options.warmUp(), 0);
    }
    compete(arena, process);
    for (Contender contender : Contender.values()) {
      pace(arena.place(contender), contender);
    }
  }

  private void compete(Arena arena, int process) {
    var ended = new HashMap<Long, Ended>();
    for (int i = 0; i < options.roundsOf(process); i++) {
      for (Contender contender : Contender.values()) {
        Round round = round(arena, contender, process, ended);
        progress.say(
            "round %d of %d: %s: %,.0f requests/s, %.1f us"
                .formatted(
                    rounds.size() / Contender.values().length + 1,
                    options.rounds(),
                    contender.text(),
                    round.load().requestsPerSecond(),
                    round.cost()));
        rounds.add(round);
      }
    }
    Snapshot end = accounting.snapshot();
    List.copyOf(ended.keySet()).forEach(pid -> addLater(pid, end, ended));
  }

  private void pace(Place place, Contender contender) {
    LoadResult load = load(place, contender, keys(contender), PACED, options.pacedRate());
    progress.say(
        "paced: %s: %,.0f requests/s, p50 %.2f ms, p99 %.2f ms"
            .formatted(
                contender.text(),
                load.requestsPerSecond(),
                load.p50Micros() / 1e3,
                load.p99Micros() / 1e3));
    paced.add(new PacedRound(contender, load));
  }

  private Round round(Arena arena, Contender contender, int process, Map<Long, Ended> ended) {
    Place place = arena.place(contender);
    Snapshot before = accounting.snapshot();
    addLater(place.pid(), before, ended);
    LoadResult result = load(place, contender, keys(contender), options.round(), 0);
    Snapshot after = accounting.snapshot();
    ended.put(place.pid(), new Ended(rounds.size(), after));
    Duration server = after.usedBy(place.pid(), before);
    Duration upstream = after.usedBy(arena.originPid(), before);
    Duration load = after.reapedBy(ownPid, before);
    Duration others =
        after
            .usedByAll(before)
            .minus(server)
            .minus(upstream)
            .minus(load)
            .minus(after.usedAloneBy(ownPid, before));
    return new Round(
        contender,
        process,
        result,
        after.elapsed(before),
        server,
        Duration.ZERO,
        upstream,
        load,
        others.isNegative() ? Duration.ZERO : others,
        after.stolen(before));
  }

  /** Gives what a process used since its last round to that round. */
  private void addLater(long pid, Snapshot now, Map<Long, Ended> ended) {
    Ended last = ended.remove(pid);
    if (last != null) {
      Round round = rounds.get(last.round);
      rounds.set(last.round, round.withLater(now.usedBy(pid, last.at)));
    }
  }

  private LoadResult load(
      Place place, Contender contender, Path file, Duration length, int requestsPerSecond) {
    LoadResult result =
        wrk.run(new Load(place.target(), file, options.connections(), length, requestsPerSecond));
    long expected = contender.refuses() ? result.requests() : 0;
    if (result.refused() != expected) {
      throw new BenchException(
          "%s: %d of %d answers were refusals, and %d should have been"
              .formatted(contender.text(), result.refused(), result.requests(), expected));
    }
    return result;
  }

  private Path keys(Contender contender) {
    return contender.refuses() ? keys.revoked() : keys.someValid();
  }

  private Path warmUpKeys(Contender contender) {
    return contender.refuses() ? keys.revoked() : keys.allValid();
  }
}
