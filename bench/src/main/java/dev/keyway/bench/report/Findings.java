package dev.keyway.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Comparison.Verdict;
import dev.keyway.bench.measure.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures held against goals: sentences, and how many goals were missed. */
public final class Findings {
  private final List<String> sentences = new ArrayList<>();
  private final ArrayNode json = new ObjectMapper().createArrayNode();
  private int missed;

  /**
   * Judges a figure.
   *
   * @param format of the figure with its unit, for example {@code %.0f ns}
   */
  public void judge(String what, Comparison figure, String format, Goal goal) {
    Verdict verdict = figure.against(goal);
    sentences.add(
        "**%s: %s** (goal: %s): %s"
            .formatted(what, text(figure, format), goal.text(), words(figure, goal, verdict)));
    if (verdict == Verdict.MISSED) {
      missed++;
    }
    add(what, figure).put("goal", goal.text()).put("verdict", verdict.text());
  }

  private static String words(Comparison figure, Goal goal, Verdict verdict) {
    if (verdict != Verdict.NOT_RESOLVED) {
      return verdict.text();
    }
    var median = new Comparison(figure.ratio(), figure.ratio(), figure.ratio()).against(goal);
    return "not resolved; the median has " + median.text() + " it";
  }

  /** Only reports a figure. */
  public void report(String what, Comparison figure, String format) {
    sentences.add("%s: %s".formatted(what, text(figure, format)));
    add(what, figure);
  }

  /** Says what no figure says. */
  public void say(String sentence) {
    sentences.add(sentence);
  }

  private ObjectNode add(String what, Comparison figure) {
    return json.addObject()
        .put("what", what)
        .put("median", figure.ratio())
        .put("lowest_round", figure.lowest())
        .put("highest_round", figure.highest());
  }

  private static String text(Comparison figure, String format) {
    return String.format(
        Locale.ROOT,
        format + " (rounds " + format + " to " + format + ")",
        figure.ratio(),
        figure.lowest(),
        figure.highest());
  }

  public List<String> sentences() {
    return List.copyOf(sentences);
  }

  public ArrayNode json() {
    return json;
  }

  public int missed() {
    return missed;
  }
}
