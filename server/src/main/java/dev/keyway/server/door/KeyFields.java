package dev.keyway.server.door;

import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.http.AsciiText;
import io.vertx.core.MultiMap;

/** The header fields by which whoever is behind a door learns whose key it is. */
public final class KeyFields {
  private KeyFields() {}

  /** Sets them. */
  public static void set(MultiMap headers, VerifiableKey key) {
    headers.set(Names.KEY_ID, AsciiText.of(key.id().toString()));
    headers.set(Names.ACCOUNT_ID, AsciiText.of(key.account()));
    String workspace = key.workspace();
    if (workspace != null) {
      headers.set(Names.WORKSPACE_ID, AsciiText.of(workspace));
    }
    String resource = key.resource();
    if (resource != null) {
      headers.set(Names.RESOURCE_ID, AsciiText.of(resource));
    }
  }
}
