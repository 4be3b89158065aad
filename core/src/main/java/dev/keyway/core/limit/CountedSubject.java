package dev.keyway.core.limit;

/**
 * What one counter counts: the requests of a subject under a limit. The number that is allowed is
 * no part of it, so another plan or another number in the profile begins no new count.
 *
 * @param limit the limit's name
 * @param id the subject's, unique among those of its kind
 */
public record CountedSubject(String limit, CountedBy by, String id) {
  // An enum's own hash differs from run to run, and the three together spread no better.
  @Override
  public int hashCode() {
    return id.hashCode() * 31 + limit.hashCode();
  }
}
