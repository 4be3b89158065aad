package dev.keyway.demo.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A Jetty handler that is written as request in, {@link Reply} out, in plain blocking Java. */
public abstract class ReplyingHandler extends Handler.Abstract {

  private static final int MAX_BODY_BYTES = 1 << 20;

  /** Answers a request, or throws {@link Refusal}. */
  protected abstract Reply reply(Request request) throws IOException, InterruptedException;

  @Override
  public final boolean handle(Request request, Response response, Callback callback)
      throws Exception {
    Reply reply;
    try {
      reply = reply(request);
    } catch (Refusal refusal) {
      reply = refusal.reply();
    }
    send(reply, response, callback);
    return true;
  }

  /** Sends an answer; used as well by handlers that only sometimes answer. */
  static void send(Reply reply, Response response, Callback callback) throws IOException {
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    switch (reply) {
      case Reply.Whole whole -> sendWhole(whole, response, callback);
      case Reply.Events events -> sendEvents(events.source(), response, callback);
    }
  }

  private static void sendWhole(Reply.Whole whole, Response response, Callback callback) {
    response.setStatus(whole.status());
    if (whole.contentType() != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, whole.contentType());
    }
    if (whole.body() == null) {
      callback.succeeded();
    } else {
      byte[] body = whole.body().getBytes(StandardCharsets.UTF_8);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }

  private static void sendEvents(Reply.Source source, Response response, Callback callback) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      // The head goes out at once, so that the client knows it is connected before the first event.
      out.flush();
      source.sendTo(new EventSink(out));
      callback.succeeded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(new InterruptedIOException("the server is stopping"));
    } catch (IOException e) {
      callback.failed(e);
    }
  }

  /** The whole body; one that is too large is refused. */
  protected static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
      if (body.length > MAX_BODY_BYTES) {
        throw Refusal.of(413, "too_large", "The body is larger than 1 MiB.");
      }
      return body;
    }
  }

  /** The JSON object in the body; anything else is refused. */
  protected static Map<String, @Nullable Object> jsonBody(Request request) throws IOException {
    if (!hasMediaType(request, "application/json")) {
      throw Refusal.of(415, "unsupported_media_type", "The body must be application/json.");
    }
    return Json.object(body(request))
        .orElseThrow(() -> Refusal.invalid("The body is not a JSON object."));
  }

  /** Whether the body is said to be of that media type, whatever its parameters. */
  protected static boolean hasMediaType(Request request, String mediaType) {
    String value = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return value != null && value.split(";", 2)[0].strip().equalsIgnoreCase(mediaType);
  }

  /** Who is calling. */
  protected static Caller caller(Request request) {
    return Caller.of(request.getHeaders()::get);
  }
}
