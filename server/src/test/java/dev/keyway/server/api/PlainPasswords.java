package dev.keyway.server.api;

import dev.keyway.core.session.PasswordHasher;
import org.jspecify.annotations.Nullable;

/** Stands for a slow hash where a test is about something else. */
final class PlainPasswords implements PasswordHasher {
  @Override
  public String hash(String password) {
    return "plain:" + password;
  }

  @Override
  public boolean matches(String password, @Nullable String hash) {
    return hash(password).equals(hash);
  }
}
