package dev.keyway.bench.contest;

import dev.keyway.bench.Options;
import dev.keyway.bench.Progress;
import dev.keyway.bench.keyway.Stage;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.report.Report;
import dev.keyway.bench.report.Results;
import java.util.List;

/**
 * A benchmark that compares servers: who runs, what is compared, and under which name it is kept.
 */
public record Contest(String name, String title, List<Ratio> ratios, List<String> notes) {
  public Contest {
    ratios = List.copyOf(ratios);
    notes = List.copyOf(notes);
  }

  /**
   * Has all rounds on a stage and publishes the report.
   *
   * @return false if a goal was missed in every round
   */
  public boolean run(
      Stage stage,
      Surroundings surroundings,
      Options options,
      Progress progress,
      Arena.Maker arenas) {
    var referee =
        new Referee(
            Accounting.ofThisMachine(), stage.wrk(), stage.instructions(), options, progress);
    List<Round> rounds = referee.judge(arenas);
    progress.end();
    Report report = new ContestReport(title, options, surroundings, rounds).of(name, ratios, notes);
    return new Results(stage.project(), progress).publish(report, options);
  }
}
