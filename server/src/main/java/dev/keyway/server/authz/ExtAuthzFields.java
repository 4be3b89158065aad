package dev.keyway.server.authz;

import dev.keyway.core.verify.VerifiableKey;
import io.vertx.core.MultiMap;
import java.util.Map;

/** Writes the header fields and the metadata of a {@code CheckResponse}. */
final class ExtAuthzFields {
  static final byte[] NOTHING = {};

  /** {@code HeaderValueOption.append}, which every version of Envoy heeds before all else. */
  private static final byte[] REPLACE = new ProtobufWriter().bytes(2, NOTHING).toBytes();

  private static final byte[] ADD =
      new ProtobufWriter().bytes(2, new ProtobufWriter().number(1, 1).toBytes()).toBytes();

  private ExtAuthzFields() {}

  /** Writes header fields, each in place of any of its name. */
  static void write(ProtobufWriter message, int field, MultiMap headers) {
    for (Map.Entry<String, String> header : headers) {
      write(message, field, header.getKey(), header.getValue());
    }
  }

  /** Writes one header field, in place of any of that name. */
  static void write(ProtobufWriter message, int field, CharSequence name, String value) {
    int option = message.begin(field);
    int header = message.begin(1);
    message.text(1, name).text(2, value);
    message.end(header);
    // An upstream may vary by more than Keyway does.
    message.raw("Vary".equalsIgnoreCase(name.toString()) ? ADD : REPLACE);
    message.end(option);
  }

  /** Says whose key it is to the filters behind, in {@code CheckResponse.dynamic_metadata}. */
  static void writeMetadata(ProtobufWriter message, VerifiableKey key, String requestId) {
    int struct = message.begin(4);
    entry(message, "key_id", key.id().toString());
    entry(message, "account", key.account());
    entry(message, "product", key.product());
    entry(message, "request_id", requestId);
    String workspace = key.workspace();
    if (workspace != null) {
      entry(message, "workspace", workspace);
    }
    String resource = key.resource();
    if (resource != null) {
      entry(message, "resource", resource);
    }
    String plan = key.plan();
    if (plan != null) {
      entry(message, "plan", plan);
    }
    message.end(struct);
  }

  /** One of {@code google.protobuf.Struct.fields}, a text. */
  private static void entry(ProtobufWriter message, String name, String value) {
    int entry = message.begin(1);
    message.text(1, name);
    int inner = message.begin(2);
    message.text(3, value);
    message.end(inner);
    message.end(entry);
  }
}
