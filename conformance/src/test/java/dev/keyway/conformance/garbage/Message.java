package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * A request in the making, sent one byte a character.
 *
 * @param fields each {@code Name: value}
 */
record Message(String method, String target, List<String> fields, String body) {

  static Message of(String method, String target) {
    return new Message(method, target, List.of(), "");
  }

  /** One more header field. */
  Message with(String field) {
    List<String> more = new ArrayList<>(fields);
    more.add(field);
    return new Message(method, target, more, body);
  }

  /** The same without a body and the fields of this name. */
  Message without(String name) {
    List<String> kept = fields.stream().filter(field -> !field.startsWith(name + ":")).toList();
    return new Message(method, target, kept, "");
  }

  Message to(String otherTarget) {
    return new Message(method, otherTarget, fields, body);
  }

  Message by(String otherMethod) {
    return new Message(otherMethod, target, fields, body);
  }

  /** The same with a body and its length; no media type. */
  Message carrying(byte[] bytes) {
    return new Message(method, target, fields, new String(bytes, ISO_8859_1))
        .with("Content-Length: " + bytes.length);
  }

  /** The same with a body of JSON, or what claims to be. */
  Message json(byte[] bytes) {
    return carrying(bytes).with("Content-Type: application/json");
  }

  Message json(String text) {
    return json(text.getBytes(UTF_8));
  }

  /** The same with a chunked body of JSON, or what claims to be. */
  Message chunked(String text) {
    String chunk = Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";
    return new Message(method, target, fields, chunk)
        .with("Transfer-Encoding: chunked")
        .with("Content-Type: application/json");
  }

  byte[] bytes(String host) {
    var head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    fields.forEach(field -> head.append(field).append("\r\n"));
    return head.append("\r\n").append(body).toString().getBytes(ISO_8859_1);
  }

  /** Method and target; the fields hold credentials. */
  @Override
  public String toString() {
    return method + " " + (target.length() > 120 ? target.substring(0, 120) + "…" : target);
  }
}
