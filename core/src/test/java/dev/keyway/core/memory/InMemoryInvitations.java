package dev.keyway.core.memory;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.Invitation;
import dev.keyway.core.session.InvitationStore;
import java.time.Instant;
import java.util.Optional;

final class InMemoryInvitations implements InvitationStore {
  private final Memory memory;

  InMemoryInvitations(Memory memory) {
    this.memory = memory;
  }

  @Override
  public boolean create(Invitation invitation, AuditEvent event) {
    synchronized (memory) {
      if (!memory.isActive(invitation.account())) {
        return false;
      }
      memory.endInvitations(invitation.account());
      memory.invitations.put(invitation.digest(), invitation);
      memory.trail.add(event);
      return true;
    }
  }

  @Override
  public Optional<Invitation> find(String digest) {
    synchronized (memory) {
      return Optional.ofNullable(memory.invitations.get(digest));
    }
  }

  @Override
  public boolean accept(String digest, Instant at, String hash, AuditEvent event) {
    synchronized (memory) {
      Invitation invitation = memory.invitations.get(digest);
      if (invitation == null
          || !invitation.isOpenAt(at)
          || !memory.isActive(invitation.account())) {
        return false;
      }
      InMemoryPasswords.put(memory, invitation.account(), hash);
      memory.trail.add(event);
      return true;
    }
  }

  @Override
  public void forget(Instant expiredBefore) {
    synchronized (memory) {
      memory.invitations.values().removeIf(i -> i.expiresAt().isBefore(expiredBefore));
    }
  }
}
