package dev.keyway.core.limit;

import java.util.List;

/**
 * Where several nodes get the units that they may spend on requests, so that together they admit no
 * more than each limit allows.
 *
 * <p>A unit counts from the moment it is granted. A node may spend it for as long as its grant
 * lives, so it must count until a whole window after that; once a node says that it was spent, a
 * window from then on is enough, and once it says that it was not, nothing is left to count.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must not grant units while those that count and those granted would be more than is
 *       allowed, whatever any node asks and however often;
 *   <li>must take no notice of a claim whose number is not greater than that of another one of the
 *       same account: messages may be late;
 *   <li>must answer {@link Outcome#UNKNOWN} while units may count that it does not know of;
 *   <li>must throw {@link dev.keyway.core.UnavailableException} when it cannot answer; the claims
 *       may then be done all the same, now or a little later.
 * </ol>
 */
public interface UnitStore extends AutoCloseable {

  /** Grants units: one answer for each claim, in their order. */
  List<Grant> claim(List<Claim> claims);

  /** Grants this node nothing any more: it has stopped, and has given back what it held. */
  @Override
  void close();

  /**
   * What a node says and asks of one counter.
   *
   * @param account the counter in this node's memory, never the same for another
   * @param allowed the limit's number for whom it is asked now
   * @param number greater than that of any earlier claim of this account
   * @param spent how many units the account has spent in all, before this was sent
   * @param inHand how many it may still spend
   * @param dropped how many it held and will not spend, said once
   * @param droppedMillis for how much longer it could have spent those
   * @param least how many have to be in hand after this for it to be of use; 0 when nothing is
   *     asked
   * @param wanted how many it would like to have in hand
   */
  record Claim(
      CountedSubject subject,
      Period period,
      String account,
      long allowed,
      long number,
      long spent,
      int inHand,
      int dropped,
      long droppedMillis,
      int least,
      int wanted) {

    /** The same of another number. */
    Claim of(long otherAllowed) {
      return new Claim(
          subject,
          period,
          account,
          otherAllowed,
          number,
          spent,
          inHand,
          dropped,
          droppedMillis,
          least,
          wanted);
    }
  }

  /** What becomes of a claim. */
  enum Outcome {
    /** There are as many in hand as were needed. */
    GRANTED,
    /** As many as are allowed are spent or in hands. */
    FULL,
    /** There may be room, or not: nobody can tell now. */
    UNKNOWN
  }

  /**
   * The answer to a claim.
   *
   * @param units how many more may be spent
   * @param isHandKept whether what was in hand has the new life too; otherwise it has its old one
   * @param free how many are neither spent nor in a hand
   * @param waitMillis of a refusal: until as many as are missing can be free; otherwise until one
   *     more can be than are now
   * @param lifeMillis how long the units may be spent, from before the claim was sent
   */
  record Grant(
      Outcome outcome, int units, boolean isHandKept, long free, long waitMillis, long lifeMillis) {

    /** Nobody can tell. */
    public static Grant unknown() {
      return new Grant(Outcome.UNKNOWN, 0, false, 0, 0, 0);
    }
  }
}
