package dev.keyway.server.authz;

/** A message is not what its sender calls it. Its text quotes nothing, for it may hold a key. */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
