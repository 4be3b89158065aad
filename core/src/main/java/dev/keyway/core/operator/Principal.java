package dev.keyway.core.operator;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.audit.Actor;
import dev.keyway.core.tenancy.Account;

/** Who calls the management API. */
public sealed interface Principal {

  /** How the trail names the caller. */
  Actor actor();

  /** A person who has signed in. */
  record Person(Account account) implements Principal {
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
  record KeyHolder(ApiKey key) implements Principal {
    @Override
    public Actor actor() {
      return new Actor(Actor.Kind.KEY, key.id().toString());
    }
  }
}
