package dev.keyway.demo.modern;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request of revision 2026-07-28 and the response that the specification asks for, from the files
 * that {@code README.md} beside them explains.
 *
 * @param requestLine method, path and protocol version
 * @param headers the request's header fields, in order
 * @param body the request's body, byte for byte in UTF-8
 * @param status the response's status
 * @param responseHeaders header fields that the response must have
 * @param responseBody the response's body, byte for byte in UTF-8
 */
public record ModernFixture(
    String name,
    String requestLine,
    Map<String, String> headers,
    String body,
    int status,
    Map<String, String> responseHeaders,
    String responseBody) {

  /** The names of all fixtures whose response ends. */
  public static List<String> names() {
    return text("fixtures.txt").lines().toList();
  }

  /** The fixture of that name. */
  public static ModernFixture named(String name) {
    Message request = Message.of(text(name + ".request.http"));
    Message response = Message.of(text(name + ".response.http"));
    return new ModernFixture(
        name,
        request.startLine(),
        request.headers(),
        request.body(),
        Integer.parseInt(response.startLine().split(" ", 3)[1]),
        response.headers(),
        response.body());
  }

  /** The request that opens a subscription, and how the endless response begins. */
  public static ModernFixture subscription() {
    Message request = Message.of(text("subscribe.request.http"));
    Message opening = Message.of(text("subscribe.opening.http"));
    return new ModernFixture(
        "subscribe",
        request.startLine(),
        request.headers(),
        request.body(),
        200,
        opening.headers(),
        opening.body());
  }

  /** The message that ends a subscription when the server stops. */
  public static String subscriptionEnding() {
    return text("subscribe.ending.json");
  }

  /** The request's method. */
  public String method() {
    return requestLine.split(" ", 3)[0];
  }

  /** The request's path. */
  public String path() {
    return requestLine.split(" ", 3)[1];
  }

  private static String text(String file) {
    try (InputStream in = ModernFixture.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, "no fixture file " + file).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Message(String startLine, Map<String, String> headers, String body) {

    static Message of(String text) {
      int end = text.indexOf("\n\n");
      List<String> head = text.substring(0, end).lines().toList();
      Map<String, String> headers = new LinkedHashMap<>();
      for (String line : head.subList(1, head.size())) {
        String[] field = line.split(": ", 2);
        headers.put(field[0], field[1]);
      }
      return new Message(head.getFirst(), headers, text.substring(end + 2));
    }
  }
}
