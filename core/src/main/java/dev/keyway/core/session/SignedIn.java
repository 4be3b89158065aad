package dev.keyway.core.session;

import dev.keyway.core.Base62;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.tenancy.Account;
import java.security.SecureRandom;
import java.time.Instant;

/** A person who has just given the right password; the token is for their cookie alone. */
public record SignedIn(Account account, Session session, BearerToken token) {
  private static final int CSRF_LENGTH = 43;

  /** A new session, under a token that no request brought. */
  static SignedIn anew(Account account, SecureRandom random, Instant now) {
    BearerToken token = BearerToken.random(random);
    String csrfToken = Base62.random(random, CSRF_LENGTH);
    return new SignedIn(account, Session.begin(token, account.id(), csrfToken, now), token);
  }

  /** The session that goes on, under another token. */
  static SignedIn again(Account account, Session current, SecureRandom random, Instant now) {
    BearerToken token = BearerToken.random(random);
    String csrfToken = Base62.random(random, CSRF_LENGTH);
    return new SignedIn(account, current.renewed(token, csrfToken, now), token);
  }

  /** How the trail names what happened to the person. */
  static AuditEvent.Subject subject(Account account) {
    return new AuditEvent.Subject(account.product(), null, account.id().text(), null);
  }

  @Override
  public String toString() {
    return "SignedIn[" + account.id() + "]";
  }
}
