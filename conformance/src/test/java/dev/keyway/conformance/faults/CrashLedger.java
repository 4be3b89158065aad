package dev.keyway.conformance.faults;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One worker's calls until the program is gone, and what it knows of each key from the answers. */
final class CrashLedger {
  private final Api operator;
  private final String account;
  private final Random random;
  private final AtomicInteger answers;
  private final List<Entry> entries = new ArrayList<>();

  CrashLedger(Api operator, String account, long seed, AtomicInteger answers) {
    this.operator = operator;
    this.account = account;
    this.random = new Random(seed);
    this.answers = answers;
  }

  /** A key that a worker asked for, under a name of its own. */
  static final class Entry {
    private final String name;
    private volatile @Nullable String secret;
    private volatile @Nullable String id;
    private volatile boolean isRevokeTried;
    private volatile boolean isRevokeAcknowledged;

    private Entry(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    /** Null when the creation was not acknowledged. */
    @Nullable String secret() {
      return secret;
    }

    boolean isRevokeTried() {
      return isRevokeTried;
    }

    boolean isRevokeAcknowledged() {
      return isRevokeAcknowledged;
    }

    boolean mayLive() {
      return id != null && !isRevokeAcknowledged;
    }

    /** From now on it is known to be revoked, whether its revoke was answered or not. */
    void sawRevoked() {
      isRevokeAcknowledged = true;
    }

    @Override
    public String toString() {
      return name
          + (secret == null ? ", creation unknown" : ", created")
          + (isRevokeAcknowledged ? ", revoked" : isRevokeTried ? ", revoke unknown" : "");
    }
  }

  Collection<Entry> entries() {
    return entries;
  }

  /** Creates keys and revokes some, also of those given, until no answer comes any more. */
  void workUntilItBreaks(List<Entry> earlier) {
    Deque<Entry> revocable = new ArrayDeque<>(earlier);
    try {
      while (true) {
        Entry made = create();
        if (random.nextBoolean()) {
          revocable.addFirst(made);
        }
        Entry target = random.nextInt(3) == 0 ? null : revocable.pollFirst();
        if (target != null) {
          revoke(target);
        }
      }
    } catch (UncheckedIOException e) {
      // The program is gone, as it was to be.
    }
  }

  private Entry create() {
    var entry = new Entry("k-" + UUID.randomUUID());
    entries.add(entry);
    Answer made =
        operator
            .post("/v1/keys", Json.of("product", "crash", "account", account, "name", entry.name()))
            .expect(201);
    entry.secret = made.text("secret");
    entry.id = made.text("key.id");
    answers.incrementAndGet();
    return entry;
  }

  private void revoke(Entry entry) {
    entry.isRevokeTried = true;
    operator.post("/v1/keys/" + entry.id + "/revoke", Json.of("reason", "crash")).expect(200);
    entry.isRevokeAcknowledged = true;
    answers.incrementAndGet();
  }
}
