package dev.keyway.server.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;

/** Takes JSON strings for texts and nothing else, and of these only what every store can keep. */
final class StrictText extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1L;

  StrictText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw MismatchedInputException.from(parser, String.class, "no text");
    }
    String text = parser.getText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\0') {
        throw new Unacceptable(parser, "must not hold the character U+0000.");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new Unacceptable(parser, "holds half a surrogate pair, which is no character.");
      }
    }
    return text;
  }

  /** A text with a character that cannot be kept. */
  static final class Unacceptable extends JsonMappingException {
    private static final long serialVersionUID = 1L;

    Unacceptable(JsonParser parser, String message) {
      super(parser, message);
    }
  }
}
