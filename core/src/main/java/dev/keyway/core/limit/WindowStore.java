package dev.keyway.core.limit;

import dev.keyway.core.apikey.ApiKeyId;
import java.util.List;

/**
 * Where the admissions of a node outlive it.
 *
 * <p>Times go in and out as milliseconds of the node's own clock, which begins anew at each start.
 * They are kept as epoch milliseconds, by what the node says of the epoch when it begins.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must answer a write only after it is durable, and must have written all of it or nothing;
 *   <li>must note a gap in {@link #begin} when the last run was not ended by {@link #end}, in one
 *       step with the beginning of the new one;
 *   <li>must take times that lie after {@link #begin} for that instant: the clock was set back;
 *   <li>must move all that it keeps along in {@link #moveEpoch}, and must be unharmed when that is
 *       asked again;
 *   <li>must lose nothing in {@link #forget} that still counts;
 *   <li>must throw {@link dev.keyway.core.UnavailableException} when it cannot answer.
 * </ol>
 */
public interface WindowStore {

  /**
   * Notes that a node begins to admit.
   *
   * @param nowMillis the node's clock
   * @param epochAtZero the epoch milliseconds at which the node's clock was zero
   * @return whether the last run ended in order; if not, a gap is kept at {@code nowMillis}
   */
  boolean begin(long nowMillis, long epochAtZero);

  /**
   * Takes note that the epoch was set anew: what happened is as long ago as before.
   *
   * @param epochAtZero the epoch milliseconds at which the node's clock was zero, as it is now
   */
  void moveEpoch(long epochAtZero);

  /** Adds admissions to what is kept. */
  void append(List<Admissions> batch);

  /** What is kept of a key's limit, and the gaps, after an instant; in no order. */
  Kept read(ApiKeyId key, String limit, long afterMillis);

  /** Forgets what counts no more at an instant. */
  void forget(long nowMillis);

  /** Notes that the node admits nothing more and has written down all it admitted. */
  void end();

  /**
   * Requests of a key that were admitted under a limit.
   *
   * @param limit the limit's name
   * @param atMillis when the last of them was
   * @param untilMillis from when on they count no more
   */
  record Admissions(ApiKeyId key, String limit, long atMillis, long untilMillis, int requests) {}

  /**
   * What is kept of one key's limit.
   *
   * @param gapsMillis when a node began whose predecessor may have admitted more than it wrote
   */
  record Kept(List<Passed> passed, List<Long> gapsMillis) {
    public Kept {
      passed = List.copyOf(passed);
      gapsMillis = List.copyOf(gapsMillis);
    }
  }

  /** So many requests passed, the last of them at an instant. */
  record Passed(long atMillis, int requests) {}
}
