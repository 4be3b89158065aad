package dev.keyway.core.memory;

import dev.keyway.core.installation.InstallationSecrets;
import java.security.SecureRandom;

final class InMemorySecrets implements InstallationSecrets {
  private final Memory memory;
  private final SecureRandom random = new SecureRandom();

  InMemorySecrets(Memory memory) {
    this.memory = memory;
  }

  @Override
  public byte[] get(String name) {
    synchronized (memory) {
      return memory.secrets.computeIfAbsent(name, _ -> draw()).clone();
    }
  }

  private byte[] draw() {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return secret;
  }
}
