package dev.keyway.server.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Texts in the form in which Netty checks and writes header values by the byte. */
public final class AsciiText {
  private AsciiText() {}

  /**
   * A text that is ASCII; what else stands in it becomes a question mark, as it does on the wire.
   */
  public static CharSequence of(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.US_ASCII), false);
  }
}
