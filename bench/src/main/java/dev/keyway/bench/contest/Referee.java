package dev.keyway.bench.contest;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Options;
import dev.keyway.bench.Progress;
import dev.keyway.bench.contest.Round.Pace;
import dev.keyway.bench.contest.Round.Usage;
import dev.keyway.bench.load.Load;
import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.load.Wrk;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.measure.Instructions;
import dev.keyway.bench.measure.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Puts the load on one contender after the other and writes down what each used. */
public final class Referee {
  private final Accounting accounting;
  private final Wrk wrk;
  private final @Nullable Instructions instructions;
  private final Options options;
  private final Progress progress;
  private final long ownPid = ProcessHandle.current().pid();

  private final List<Round> rounds = new ArrayList<>();

  /** The last round of a process and the moment of its end. */
  private record Ended(int round, Snapshot at) {}

  /**
   * A referee who has not seen a round yet.
   *
   * @param instructions null where they cannot be counted
   */
  public Referee(
      Accounting accounting,
      Wrk wrk,
      @Nullable Instructions instructions,
      Options options,
      Progress progress) {
    this.accounting = accounting;
    this.wrk = wrk;
    this.instructions = instructions;
    this.options = options;
    this.progress = progress;
  }

  /** Has all rounds, shared out among sets of fresh processes. */
  public List<Round> judge(Arena.Maker maker) {
    for (int process = 0; process < options.processes(); process++) {
      progress.say("starting the contenders");
      try (Arena arena = maker.open()) {
        judge(arena, process);
      }
    }
    return List.copyOf(rounds);
  }

  private void judge(Arena arena, int process) {
    progress.expect(arena.contenders().size() * 2 * options.rounds());
    for (Contender contender : arena.contenders()) {
      progress.say("warming up " + contender.name());
      warmUp(arena.place(contender), contender);
    }
    var ended = new HashMap<Long, Ended>();
    for (int i = 0; i < options.roundsOf(process); i++) {
      for (Pace pace : Pace.values()) {
        for (Contender contender : arena.contenders()) {
          Round round = round(arena.place(contender), contender, pace, process, ended);
          rounds.add(round);
          progress.step(line(round));
        }
      }
    }
    Snapshot end = accounting.snapshot();
    List.copyOf(ended.keySet()).forEach(pid -> addLater(pid, end, ended));
  }

  private static String line(Round round) {
    return "%s%s: %,.0f requests/s, %.1f us, p99 %.2f ms"
        .formatted(
            round.contender().name(),
            round.pace() == Pace.FIXED_RATE ? " at the fixed rate" : "",
            round.load().requestsPerSecond(),
            round.cost(),
            round.load().p99Micros() / 1e3);
  }

  private void warmUp(Place place, Contender contender) {
    var load = load(place, place.warmUpKeys(), options.warmUp(), 0);
    check(contender, wrk.run(load));
  }

  private Round round(
      Place place, Contender contender, Pace pace, int process, Map<Long, Ended> ended) {
    Duration length = pace == Pace.SATURATED ? options.round() : options.pacedRound();
    int rate = pace == Pace.SATURATED ? 0 : options.pacedRate();
    Snapshot before = accounting.snapshot();
    addLater(place.pid(), before, ended);
    var count = instructions == null ? null : instructions.of(before.family(place.pid()));
    Background background = Background.start(wrk, place.background(), length);
    LoadResult result = wrk.run(load(place, place.keys(), length, rate));
    LoadResult behind = background == null ? null : background.end();
    OptionalLong executed = count == null ? OptionalLong.empty() : count.end();
    Snapshot after = accounting.snapshot();
    check(contender, result);
    ended.put(place.pid(), new Ended(rounds.size(), after));
    return new Round(
        contender,
        pace,
        process,
        result,
        behind,
        usage(place, before, after),
        Duration.ZERO,
        executed);
  }

  private Usage usage(Place place, Snapshot before, Snapshot after) {
    Duration server = after.usedBy(place.pid(), before);
    Duration upstream = Duration.ZERO;
    for (long pid : place.upstreams()) {
      upstream = upstream.plus(after.usedBy(pid, before));
    }
    Duration load = after.reapedBy(ownPid, before);
    Duration others =
        after
            .usedByAll(before)
            .minus(server)
            .minus(upstream)
            .minus(load)
            .minus(after.usedAloneBy(ownPid, before));
    return new Usage(
        after.elapsed(before),
        server,
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

  private Load load(Place place, Path keys, Duration length, int requestsPerSecond) {
    return new Load(
        place.target(), place.form(), keys, options.connections(), length, requestsPerSecond);
  }

  private static void check(Contender contender, LoadResult result) {
    long expected = contender.refuses() ? result.requests() : 0;
    if (result.refused() != expected) {
      throw new BenchException(
          "%s: %d of %d answers were refusals, and %d should have been"
              .formatted(contender.name(), result.refused(), result.requests(), expected));
    }
  }
}
