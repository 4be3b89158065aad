package dev.keyway.core.session;

import dev.keyway.core.AddressBucket;
import dev.keyway.core.RefusedException.RateLimited;
import dev.keyway.core.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Bounds how often passwords can be tried. Wrong ones are counted in three ways, and each count
 * goes down again with time:
 *
 * <ul>
 *   <li>of one e-mail from one client address: 10 at once, then one every 2 minutes;
 *   <li>of one e-mail from anywhere: 50 at once, then one a minute;
 *   <li>of any e-mail, and of invitations, from one client address: 100 at once, then one every 10
 *       seconds.
 * </ul>
 *
 * <p>The second is what a stranger could lock a person out with, so it does not hold at an address
 * from which that person has signed in since the node started. An e-mail that nobody has is counted
 * like any other. An attempt counts from its beginning, so that many at once do not pass, and no
 * more once it turns out right or cannot be decided; a right password also clears the first count.
 *
 * <p>Right ones cost a hash and a row each, so they are bounded too, generously:
 *
 * <ul>
 *   <li>of one e-mail: 30 at once, then one every 10 seconds. A stranger has no right password, so
 *       nobody is locked out by this but by themselves;
 *   <li>whatever comes from one client address, right or wrong: 200 at once, then one a second, and
 *       never more than {@value HashingPlaces#PER_ADDRESS} under way together.
 * </ul>
 *
 * <p>Memory is bounded: {@value #MAX_COUNTS} counts, the longest untouched making room. To push one
 * out takes ten minutes or so of wrong passwords from ever new addresses, since one thread hashes
 * them all; a full count needs 17 to 50 minutes to go down by itself, so whoever has tens of
 * thousands of addresses can shorten that. E-mails are held as digests.
 */
public final class SignInThrottle {
  private static final int MAX_COUNTS = 100_000;
  private static final int MAX_KNOWN = 20_000;

  private final LongSupplier monotonicMillis;
  private final byte[] seed = new byte[16];
  private final Map<Bucket, Long> emptyAt = new LinkedHashMap<>(16, 0.75f, true);
  private final HashingPlaces places = new HashingPlaces();
  private final Map<Bucket, Boolean> known = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A throttle that has counted nothing.
   *
   * @param random draws how e-mails are digested, so that nobody can find two that count as one
   * @param monotonicMillis a clock that nobody sets
   */
  public SignInThrottle(SecureRandom random, LongSupplier monotonicMillis) {
    this.monotonicMillis = monotonicMillis;
    random.nextBytes(seed);
  }

  /**
   * Compares a password given for an e-mail, if that may be tried now.
   *
   * @param comparison answers what the password fits; nothing for a wrong one
   * @throws RateLimited when it may not; the comparison is not made then
   */
  public <T> List<T> guard(String email, String address, Supplier<List<T>> comparison) {
    long account = digest(email);
    long client = AddressBucket.of(address).bits();
    return guard(
        List.of(
            new Bucket(Kind.EMAIL_AND_ADDRESS, account, client),
            new Bucket(Kind.EMAIL, account, 0),
            new Bucket(Kind.ADDRESS, 0, client),
            new Bucket(Kind.ALL_OF_ADDRESS, 0, client),
            new Bucket(Kind.RIGHT_OF_EMAIL, account, 0)),
        () -> places.within(address, comparison));
  }

  /** The same for what is given for no e-mail, such as an invitation. */
  public <T> List<T> guard(String address, Supplier<List<T>> comparison) {
    long client = AddressBucket.of(address).bits();
    return guard(
        List.of(new Bucket(Kind.ADDRESS, 0, client), new Bucket(Kind.ALL_OF_ADDRESS, 0, client)),
        () -> places.within(address, comparison));
  }

  /**
   * Hashes the password that somebody is to have who has just been let through.
   *
   * @throws RateLimited when too much is hashed for the address already
   */
  <T> T hashing(String address, Supplier<T> work) {
    return places.within(address, work);
  }

  private <T> List<T> guard(List<Bucket> buckets, Supplier<List<T>> comparison) {
    begin(buckets);
    List<T> fitting;
    try {
      fitting = comparison.get();
    } catch (RuntimeException e) {
      takeBack(buckets);
      throw e;
    }
    var outcome = fitting.isEmpty() ? Counted.WRONG : Counted.RIGHT;
    takeBack(buckets.stream().filter(bucket -> !bucket.kind.counts(outcome)).toList());
    if (outcome == Counted.RIGHT) {
      forgive(buckets.getFirst());
    }
    return fitting;
  }

  private synchronized void begin(List<Bucket> buckets) {
    long now = monotonicMillis.getAsLong();
    long waitMillis = 0;
    for (Bucket bucket : buckets) {
      boolean holds = bucket.kind != Kind.EMAIL || !known.containsKey(buckets.getFirst());
      if (holds) {
        waitMillis = Math.max(waitMillis, bucket.kind.waitMillis(emptyAt(bucket, now) - now));
      }
    }
    if (waitMillis > 0) {
      throw new RateLimited(
          "Too many passwords were given; wait for Retry-After.", Duration.ofMillis(waitMillis));
    }
    for (Bucket bucket : buckets) {
      emptyAt.put(bucket, emptyAt(bucket, now) + bucket.kind.intervalMillis);
    }
    shrink(emptyAt, MAX_COUNTS);
  }

  private synchronized void takeBack(List<Bucket> buckets) {
    long now = monotonicMillis.getAsLong();
    for (Bucket bucket : buckets) {
      long before = emptyAt(bucket, now) - bucket.kind.intervalMillis;
      if (before > now) {
        emptyAt.put(bucket, before);
      } else {
        emptyAt.remove(bucket);
      }
    }
  }

  private synchronized void forgive(Bucket bucket) {
    if (bucket.kind == Kind.EMAIL_AND_ADDRESS) {
      emptyAt.remove(bucket);
      known.put(bucket, true);
      shrink(known, MAX_KNOWN);
    }
  }

  /** How many counts are held. */
  synchronized int size() {
    return emptyAt.size();
  }

  private long emptyAt(Bucket bucket, long now) {
    return Math.max(now, emptyAt.getOrDefault(bucket, now));
  }

  private static void shrink(Map<Bucket, ?> map, int max) {
    var oldest = map.keySet().iterator();
    while (map.size() > max) {
      oldest.next();
      oldest.remove();
    }
  }

  private long digest(String email) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(seed);
      byte[] digest = sha.digest(Texts.folded(email).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }

  /** Which attempts stay in a count. */
  private enum Counted {
    WRONG,
    RIGHT,
    ALL
  }

  private enum Kind {
    EMAIL_AND_ADDRESS(10, Duration.ofMinutes(2), Counted.WRONG),
    EMAIL(50, Duration.ofMinutes(1), Counted.WRONG),
    ADDRESS(100, Duration.ofSeconds(10), Counted.WRONG),
    RIGHT_OF_EMAIL(30, Duration.ofSeconds(10), Counted.RIGHT),
    ALL_OF_ADDRESS(200, Duration.ofSeconds(1), Counted.ALL);

    private final long intervalMillis;
    private final long toleranceMillis;
    private final Counted counted;

    Kind(int atOnce, Duration interval, Counted counted) {
      this.intervalMillis = interval.toMillis();
      this.toleranceMillis = intervalMillis * (atOnce - 1);
      this.counted = counted;
    }

    boolean counts(Counted outcome) {
      return counted == Counted.ALL || counted == outcome;
    }

    /** How long until one more is allowed where the count is gone only after {@code fullMillis}. */
    long waitMillis(long fullMillis) {
      return Math.max(0, fullMillis - toleranceMillis);
    }
  }

  private record Bucket(Kind kind, long email, long address) {}
}
