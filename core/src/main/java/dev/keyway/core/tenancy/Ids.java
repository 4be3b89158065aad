package dev.keyway.core.tenancy;

import dev.keyway.core.Base62;
import java.security.SecureRandom;

/** Draws new ids: a type's prefix and 16 base62 characters (95 bits), never reused. */
public final class Ids {
  private static final int LENGTH = 16;

  private final SecureRandom random;

  public Ids(SecureRandom random) {
    this.random = random;
  }

  public AccountId account() {
    return new AccountId(next(AccountId.PREFIX));
  }

  public WorkspaceId workspace() {
    return new WorkspaceId(next(WorkspaceId.PREFIX));
  }

  public ResourceId resource() {
    return new ResourceId(next(ResourceId.PREFIX));
  }

  /** An id under any other prefix, such as {@code aud_}. */
  public String next(String prefix) {
    return prefix + Base62.random(random, LENGTH);
  }
}
