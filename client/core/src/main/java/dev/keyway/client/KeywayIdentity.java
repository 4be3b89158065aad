package dev.keyway.client;

import java.util.Optional;

/**
 * Whose key a request came with, as Keyway decided it.
 *
 * @param keyId {@code key_…}
 * @param accountId {@code acc_…}
 * @param workspaceId {@code ws_…}, where the key belongs to one
 * @param resourceId the resource that the key was made for, if it was
 * @param requestId under which Keyway's logs know the request
 * @param signed the same as a token (JWT), where the route says {@code identity: signed}; whoever
 *     holds it can show it to the upstream for a minute, so {@code toString} leaves it out
 */
public record KeywayIdentity(
    String keyId,
    String accountId,
    Optional<String> workspaceId,
    Optional<String> resourceId,
    String requestId,
    Optional<String> signed) {

  @Override
  public String toString() {
    return "KeywayIdentity[" + keyId + ", " + accountId + ", request " + requestId + "]";
  }
}
