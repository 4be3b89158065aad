package dev.keyway.server.api;

import dev.keyway.core.session.Password;
import dev.keyway.core.session.PasswordHasher;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands for a slow hash where a test is about something else, and counts the work done. */
final class PlainPasswords implements PasswordHasher {
  /** How many passwords were worked through. */
  final AtomicInteger work = new AtomicInteger();

  @Override
  public String hash(Password password, @Nullable String sibling) {
    work.incrementAndGet();
    return of(password.reveal());
  }

  @Override
  public Comparison compare(Password password, @Nullable String model) {
    work.incrementAndGet();
    return of(password.reveal())::equals;
  }

  static String of(String password) {
    return "plain:" + password;
  }
}
