package dev.keyway.core.operator;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.audit.Actor;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.verify.VerifiableKey;
import java.time.Duration;
import java.time.Instant;

/** Who calls the management API. */
public sealed interface Principal {

  /** How the trail names the caller. */
  Actor actor();

  /**
   * A person who has signed in.
   *
   * @param authenticatedAt when they last gave their password
   */
  record Person(Account account, Instant authenticatedAt) implements Principal {
    /** For so long after the password was given, a session may make keys. */
    public static final Duration FRESHNESS = Duration.ofHours(1);

    /** Refuses what needs a password given a moment ago (ASVS 7.5.3). */
    public void requireFreshAt(Instant now) {
      if (now.isAfter(authenticatedAt.plus(FRESHNESS))) {
        throw Forbidden.staleSession();
      }
    }

    @Override
    public Actor actor() {
      return new Actor(Actor.Kind.ACCOUNT, account.id().text());
    }
  }

  /** The holder of an operator key. */
  record Operator(OperatorKey key) implements Principal {
    @Override
    public Actor actor() {
      return new Actor(Actor.Kind.OPERATOR, key.id().text());
    }
  }

  /** The holder of a product's key: its creator's member rights in its own scope, no more. */
  record KeyHolder(VerifiableKey verified, ApiKey key) implements Principal {
    public KeyHolder(VerifiableKey verified) {
      this(verified, verified.key());
    }

    @Override
    public Actor actor() {
      return new Actor(Actor.Kind.KEY, key.id().toString());
    }
  }
}
