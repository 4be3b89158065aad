package dev.keyway.server.portal;

import dev.keyway.core.RefusedException.RateLimited;
import dev.keyway.core.session.Password;
import dev.keyway.core.session.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) on one thread with a queue of 16: a flood of sign-ins takes one core and 19
 * MiB, and its surplus gets 429.
 */
public final class Argon2PasswordHasher implements PasswordHasher, AutoCloseable {
  private static final int WAITING = 16;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** OWASP's first choice: 19 MiB, two passes, one lane. */
  private static final Argon2Text.Cost COST = new Argon2Text.Cost(19_456, 2, 1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final SecureRandom random;
  private final Argon2Text nobody;
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> Thread.ofPlatform().daemon().name("argon2").unstarted(task));

  public Argon2PasswordHasher(SecureRandom random) {
    this.random = random;
    this.nobody = new Argon2Text(COST, new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  @Override
  public String hash(Password password, @Nullable String sibling) {
    byte[] salt = salt(sibling);
    return new Argon2Text(COST, salt, compute(password, COST, salt, HASH_BYTES)).toString();
  }

  @Override
  public Comparison compare(Password password, @Nullable String model) {
    Argon2Text like = model == null ? nobody : Argon2Text.parse(model);
    byte[] computed = compute(password, like.cost(), like.salt(), like.hash().length);
    var result = new Argon2Text(like.cost(), like.salt(), computed);
    return hash -> hash != null && Argon2Text.parse(hash).isSame(result);
  }

  @Override
  public void close() {
    worker.shutdown();
  }

  private byte[] salt(@Nullable String sibling) {
    if (sibling != null) {
      Argon2Text related = Argon2Text.parse(sibling);
      // One made at another cost has nothing to share: one computation cannot be both.
      if (related.cost().equals(COST)) {
        return related.salt();
      }
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private byte[] compute(Password password, Argon2Text.Cost cost, byte[] salt, int length) {
    Future<byte[]> result;
    try {
      result = worker.submit(() -> argon2id(password, cost, salt, length));
    } catch (RejectedExecutionException e) {
      throw new RateLimited("Too many people sign in just now; try again.", RETRY_AFTER);
    }
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a password was hashed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password could not be hashed", e.getCause());
    }
  }

  private static byte[] argon2id(Password password, Argon2Text.Cost cost, byte[] salt, int length) {
    byte[] secret = password.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.passes())
              .withParallelism(cost.lanes())
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      generator.generateBytes(secret, hash);
      return hash;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
