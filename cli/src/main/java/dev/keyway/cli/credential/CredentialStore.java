package dev.keyway.cli.credential;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one key per profile. An implementation must (1) never write a key where another user of the
 * machine can read it, (2) never put it on a command line, and (3) have replaced or removed it when
 * a call returns.
 */
public interface CredentialStore {
  /** The key of a profile, or null. */
  @Nullable Credential read(String profile) throws IOException;

  void write(String profile, Credential credential) throws IOException;

  /** Removes the key of a profile, if there is one. */
  void remove(String profile) throws IOException;

  /** Where the keys are, for people. */
  String place();
}
