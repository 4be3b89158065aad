package dev.keyway.core.memory;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.tenancy.AccountId;
import java.time.Instant;
import java.util.Optional;

final class InMemorySessions implements SessionStore {
  private final Memory memory;

  InMemorySessions(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void create(Session session, AuditEvent event) {
    synchronized (memory) {
      memory.sessions.put(session.digest(), session);
      memory.trail.add(event);
    }
  }

  @Override
  public Optional<Session> find(String digest) {
    synchronized (memory) {
      return Optional.ofNullable(memory.sessions.get(digest));
    }
  }

  @Override
  public void touch(String digest, Instant at) {
    synchronized (memory) {
      memory.sessions.computeIfPresent(
          digest, (_, session) -> with(session, at, session.authenticatedAt()));
    }
  }

  @Override
  public void reauthenticated(String digest, Instant at) {
    synchronized (memory) {
      memory.sessions.computeIfPresent(
          digest, (_, session) -> with(session, session.lastSeenAt(), at));
    }
  }

  @Override
  public void end(String digest, AuditEvent event) {
    synchronized (memory) {
      memory.sessions.remove(digest);
      memory.trail.add(event);
    }
  }

  @Override
  public void endAll(AccountId account) {
    synchronized (memory) {
      memory.sessions.values().removeIf(session -> session.account().equals(account));
    }
  }

  @Override
  public void forget(Instant createdBefore, Instant lastSeenBefore) {
    synchronized (memory) {
      memory
          .sessions
          .values()
          .removeIf(session ->
              session.createdAt().isBefore(createdBefore)
                  || session.lastSeenAt().isBefore(lastSeenBefore));
    }
  }

  private static Session with(Session session, Instant lastSeenAt, Instant authenticatedAt) {
    return new Session(
        session.digest(),
        session.account(),
        session.csrfToken(),
        session.createdAt(),
        lastSeenAt,
        authenticatedAt);
  }
}
