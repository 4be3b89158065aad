package dev.keyway.core.memory;

import dev.keyway.core.Texts;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.PasswordStore;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class InMemoryPasswords implements PasswordStore {
  private final Memory memory;

  InMemoryPasswords(Memory memory) {
    this.memory = memory;
  }

  @Override
  public List<Holder> findByEmail(String email) {
    synchronized (memory) {
      return memory.accounts.values().stream()
          .filter(account -> Texts.folded(account.email()).equals(Texts.folded(email)))
          .sorted(
              Comparator.comparing(Account::createdAt)
                  .thenComparing(account -> account.id().text()))
          .map(account -> new Holder(account, memory.passwordHashes.get(account.id())))
          .toList();
    }
  }

  @Override
  public @Nullable String hash(AccountId id) {
    synchronized (memory) {
      return memory.passwordHashes.get(id);
    }
  }

  @Override
  public void set(AccountId id, String hash, AuditEvent event) {
    synchronized (memory) {
      put(memory, id, hash);
      memory.trail.add(event);
    }
  }

  @Override
  public boolean change(String from, String to, Session current, Session next, AuditEvent event) {
    synchronized (memory) {
      if (!memory.isCurrent(next.account(), from)
          || !memory.sessions.containsKey(current.digest())) {
        return false;
      }
      put(memory, next.account(), to);
      memory.sessions.put(next.digest(), next);
      memory.trail.add(event);
      return true;
    }
  }

  static void put(Memory memory, AccountId id, String hash) {
    memory.passwordHashes.put(id, hash);
    memory.endSignIns(id);
  }
}
