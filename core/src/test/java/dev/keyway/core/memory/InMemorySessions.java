package dev.keyway.core.memory;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SessionStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemorySessions implements SessionStore {
  private final Memory memory;

  InMemorySessions(Memory memory) {
    this.memory = memory;
  }

  @Override
  public boolean create(Session session, @Nullable String passwordHash, AuditEvent event) {
    synchronized (memory) {
      if (!memory.isCurrent(session.account(), passwordHash)) {
        return false;
      }
      memory.sessions.put(session.digest(), session);
      memory.trail.add(event);
      return true;
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
      memory.sessions.computeIfPresent(digest, (_, session) -> seen(session, at));
    }
  }

  @Override
  public boolean replace(
      Session current, Session next, @Nullable String passwordHash, AuditEvent event) {
    synchronized (memory) {
      if (!memory.isCurrent(next.account(), passwordHash)
          || memory.sessions.remove(current.digest()) == null) {
        return false;
      }
      memory.sessions.put(next.digest(), next);
      memory.trail.add(event);
      return true;
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

  private static Session seen(Session session, Instant at) {
    return new Session(
        session.digest(),
        session.account(),
        session.csrfToken(),
        session.createdAt(),
        at,
        session.authenticatedAt());
  }
}
