package dev.keyway.cli.credential;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A key and the server that it is for, kept as one so that neither is ever taken for another's. */
record Kept(URI server, Credential credential) {

  /** What is put away: the server, a blank, the key. */
  String text() {
    return server + " " + credential.reveal();
  }

  /** What was put away; null for something else. */
  static @Nullable Kept parse(String text) {
    int blank = text.strip().indexOf(' ');
    if (blank < 0) {
      return null;
    }
    return new Kept(
        URI.create(text.strip().substring(0, blank)),
        new Credential(text.strip().substring(blank + 1)));
  }
}
