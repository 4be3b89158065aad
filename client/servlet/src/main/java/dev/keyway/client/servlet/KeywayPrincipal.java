package dev.keyway.client.servlet;

import dev.keyway.client.KeywayIdentity;
import java.security.Principal;

/** The caller as {@code getUserPrincipal} shows it; its name is the key's id. */
public record KeywayPrincipal(KeywayIdentity identity) implements Principal {

  @Override
  public String getName() {
    return identity.keyId();
  }
}
