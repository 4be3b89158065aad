package dev.keyway.core.limit;

import java.util.List;
import java.util.Optional;

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
 *   <li>must note a gap in {@link #begin} when the last run was not ended by {@link #end}, and then
 *       count the reserve of each quota as used, in one step with the beginning of the new run;
 *   <li>must take times that lie after {@link #begin} for that instant: the clock was set back;
 *   <li>must move all times of windows along in {@link #moveEpoch}, and must be unharmed when that
 *       is asked again; the periods of quotas are the calendar's and stay;
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

  /** Adds admissions to what is kept, and puts quotas in place of what is kept of them. */
  void write(List<Entry> batch);

  /** What is kept of a subject's window, and the gaps, after an instant; in no order. */
  Kept read(CountedSubject subject, long afterMillis);

  /** What is kept of a subject's quota, of whatever period; empty for nothing. */
  Optional<QuotaUse> quota(CountedSubject subject);

  /** Forgets what counts no more at an instant. */
  void forget(long nowMillis);

  /**
   * Notes that the node admits nothing more and has written down all it admitted. Quotas then have
   * no reserve; those of windows stay, as a gap of an earlier run may need them.
   */
  void end();

  /** Something to be written down. */
  sealed interface Entry {
    /** How much may be admitted after it without being written; 0 for what may be anyway. */
    int reserve();
  }

  /**
   * Requests that were admitted in a rolling window.
   *
   * @param atMillis when the last of them was
   * @param untilMillis from when on neither they nor the reserve count
   * @param requests how many; 0 when only the reserve matters
   */
  record Admissions(
      CountedSubject subject, long atMillis, long untilMillis, int requests, int reserve)
      implements Entry {}

  /**
   * What was used in a calendar period.
   *
   * @param startMillis when the period begins, in epoch milliseconds
   * @param endMillis when it ends
   * @param used in all
   */
  record QuotaUse(CountedSubject subject, long startMillis, long endMillis, long used, int reserve)
      implements Entry {
    /** For how long a quota is kept beyond its period: clocks that were set may be set back. */
    public static final long KEPT_MILLIS = 32 * 86_400_000L;
  }

  /**
   * What is kept of one subject's window.
   *
   * @param gapsMillis when a node began whose predecessor may have admitted more than it wrote
   */
  record Kept(List<Passed> passed, List<Long> gapsMillis) {
    public Kept {
      passed = List.copyOf(passed);
      gapsMillis = List.copyOf(gapsMillis);
    }
  }

  /** So many requests passed, the last of them at an instant, and so many may have after it. */
  record Passed(long atMillis, int requests, int reserve) {}
}
