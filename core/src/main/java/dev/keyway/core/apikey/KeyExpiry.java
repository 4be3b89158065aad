package dev.keyway.core.apikey;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.ExpiryPolicy.Choice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a new key expires, by its product's policy and its creator's wish. */
final class KeyExpiry {
  private KeyExpiry() {}

  /**
   * The instant, checked; null for never.
   *
   * @param in the choice made, such as {@code 30d}
   * @param at the date wished for
   * @param latest an instant it must not pass; null for none. It also is the expiry of a key for
   *     which nothing was asked and anything is allowed
   */
  static @Nullable Instant of(
      ExpiryPolicy policy,
      @Nullable String in,
      @Nullable Instant at,
      @Nullable Instant latest,
      Instant now) {
    if (in != null && at != null) {
      throw Invalid.expiry("Give 'expires_in' or 'expires_at', not both.");
    }
    boolean isAsked = in != null || at != null;
    Instant expiry =
        switch (policy) {
          case ExpiryPolicy.Fixed fixed -> fixed(fixed, isAsked, now);
          case ExpiryPolicy.Choices choices -> chosen(choices.choices(), in, now);
          case ExpiryPolicy.Optional optional -> optional(optional.choices(), in, at, now);
        };
    if (latest == null || (expiry != null && !expiry.isAfter(latest))) {
      return expiry;
    }
    if (isAsked) {
      throw Invalid.expiry("A key must not expire later than the key that makes it: " + latest);
    }
    return latest;
  }

  /** An instant as stores keep it, so that what was asked for and what was kept are equal. */
  static @Nullable Instant inMillis(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
  }

  private static @Nullable Instant fixed(ExpiryPolicy.Fixed fixed, boolean isAsked, Instant now) {
    if (isAsked) {
      throw Invalid.expiry(
          "The expiry of this product's keys is fixed; leave out 'expires_in' and 'expires_at'.");
    }
    var life = fixed.life();
    return life == null ? null : now.plus(life);
  }

  private static @Nullable Instant optional(
      List<Choice> choices, @Nullable String in, @Nullable Instant at, Instant now) {
    if (at != null) {
      if (!at.isAfter(now)) {
        throw Invalid.expiry("'expires_at' must lie in the future.");
      }
      return inMillis(at);
    }
    return in == null ? null : chosen(choices, in, now);
  }

  private static @Nullable Instant chosen(List<Choice> choices, @Nullable String in, Instant now) {
    for (Choice choice : choices) {
      if (choice.text().equals(in)) {
        var life = choice.life();
        return life == null ? null : now.plus(life);
      }
    }
    String offered = choices.stream().map(Choice::text).collect(Collectors.joining(", "));
    throw Invalid.expiry("'expires_in' must be one of: " + offered + ".");
  }
}
