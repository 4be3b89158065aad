package dev.keyway.cli.credential;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one key per profile, with its server. An implementation must (1) never write a key where
 * another user of the machine can read it, (2) never put it on a command line, and (3) have
 * replaced or removed it when a call returns.
 */
interface CredentialStore {
  /**
   * The key of a profile, or null where none is kept.
   *
   * @throws IOException also when nobody can say, as with a keychain that stays locked
   */
  @Nullable Kept read(String profile) throws IOException;

  void write(String profile, Kept kept) throws IOException;

  /** Removes the key of a profile, if there is one. */
  void remove(String profile) throws IOException;

  /** Where the keys are, for people. */
  String place();
}
