package dev.keyway.demo.echo;

import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Refusal;
import dev.keyway.demo.web.Reply;
import dev.keyway.demo.web.ReplyingHandler;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Answers any method on any path with what arrived: method, path and query as they were on the
 * wire, header fields in their order and spelling, length and SHA-256 of the body.
 *
 * <p>Two paths do something else: {@code /sse?count=&interval_ms=} streams numbered events, and
 * {@code /respond?status=&bytes=&delay_ms=&header=Name:Value} answers as the query says.
 */
public final class EchoHandler extends ReplyingHandler {

  @Override
  protected Reply reply(Request request) throws IOException, InterruptedException {
    return switch (Request.getPathInContext(request)) {
      case "/sse" -> events(new EchoQuery(request));
      case "/respond" -> respond(request, new EchoQuery(request));
      default -> Reply.json(200, seen(request));
    };
  }

  private static Reply events(EchoQuery query) {
    int count = query.number("count", 3, 1_000_000);
    int intervalMillis = query.number("interval_ms", 100, 60_000);
    return Reply.events(sink -> {
      for (int number = 1; number <= count; number++) {
        sink.numbered(number, "tick " + number);
        if (number < count) {
          Thread.sleep(intervalMillis);
        }
      }
    });
  }

  private static Reply respond(Request request, EchoQuery query)
      throws IOException, InterruptedException {
    body(request);
    Thread.sleep(query.number("delay_ms", 0, 600_000));
    Reply.Whole reply =
        new Reply.Whole(
            query.number("status", 200, 599),
            "text/plain",
            "x".repeat(query.number("bytes", 0, 1 << 26)),
            Map.of());
    return reply.with(query.headers());
  }

  private static Map<String, @Nullable Object> seen(Request request) throws IOException {
    String context = Request.getContextPath(request);
    Map<String, @Nullable Object> seen =
        Json.ordered(
            "method",
            request.getMethod(),
            "path",
            request.getHttpURI().getPath().substring(context.length()));
    seen.put("query", request.getHttpURI().getQuery());
    seen.put(
        "headers",
        request.getHeaders().stream()
            .map(field -> Json.ordered("name", field.getName(), "value", field.getValue()))
            .toList());
    seen.put("body", digest(request));
    return seen;
  }

  private static Map<String, @Nullable Object> digest(Request request) throws IOException {
    MessageDigest sha256 = sha256();
    long length = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Content.Source.asInputStream(request)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
        length += read;
      }
    }
    return Json.ordered("length", length, "sha256", HexFormat.of().formatHex(sha256.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The parameters of the two paths that take some. */
  private record EchoQuery(Request request) {

    int number(String name, int otherwise, int highest) {
      String text = Request.extractQueryParameters(request).getValue(name);
      if (text == null) {
        return otherwise;
      }
      if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > highest) {
        throw Refusal.invalid(name + " must be a whole number up to " + highest + ".");
      }
      return Integer.parseInt(text);
    }

    Map<String, String> headers() {
      String header = Request.extractQueryParameters(request).getValue("header");
      if (header == null) {
        return Map.of();
      }
      String[] nameAndValue = header.split(":", 2);
      if (nameAndValue.length < 2) {
        throw Refusal.invalid("header must be Name:Value.");
      }
      return Map.of(nameAndValue[0].strip(), nameAndValue[1].strip());
    }
  }
}
