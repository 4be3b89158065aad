package dev.keyway.client.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyway.client.ClientAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes to the application's client what Keyway decided. */
final class Answers {
  private Answers() {}

  /** The whole answer; the application is not asked. */
  static void send(ClientAnswer answer, HttpServletResponse response) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    response.setStatus(answer.status());
    add(answer.headers(), response);
    if (body.length > 0) {
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  /** Fields only; the application answers. */
  static void add(Map<String, List<String>> fields, HttpServletResponse response) {
    fields.forEach((name, values) -> values.forEach(value -> add(name, value, response)));
  }

  private static void add(String name, String value, HttpServletResponse response) {
    if (name.equalsIgnoreCase("Content-Type")) {
      response.setContentType(value);
    } else {
      response.addHeader(name, value);
    }
  }
}
