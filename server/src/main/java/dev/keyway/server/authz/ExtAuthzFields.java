package dev.keyway.server.authz;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.door.Names;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the header fields and the metadata of a {@code CheckResponse}. */
final class ExtAuthzFields {
  static final byte[] NOTHING = {};

  /** {@code HeaderValueOption.append}, which every version of Envoy heeds before all else. */
  private static final byte[] REPLACE = new ProtobufWriter().bytes(2, NOTHING).toBytes();

  private static final byte[] ADD =
      new ProtobufWriter().bytes(2, new ProtobufWriter().number(1, 1).toBytes()).toBytes();

  private ExtAuthzFields() {}

  /** Says in {@code OkHttpResponse.headers} whose key it is. */
  static void writeForUpstream(
      ProtobufWriter message, ApiKey key, String requestId, @Nullable String identity) {
    write(message, 2, Names.KEY_ID, key.id().toString());
    write(message, 2, Names.ACCOUNT_ID, key.createdBy().text());
    write(message, 2, Names.REQUEST_ID, requestId);
    var workspace = key.workspace();
    if (workspace != null) {
      write(message, 2, Names.WORKSPACE_ID, workspace.text());
    }
    String resource = key.resource();
    if (resource != null) {
      write(message, 2, Names.RESOURCE_ID, resource);
    }
    if (identity != null) {
      write(message, 2, Names.IDENTITY, identity);
    }
  }

  /** Writes an answer's own header fields. */
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
    message.raw(HttpHeaders.VARY.toString().contentEquals(name) ? ADD : REPLACE);
    message.end(option);
  }

  /** Says whose key it is to the filters behind, in {@code CheckResponse.dynamic_metadata}. */
  static void writeMetadata(ProtobufWriter message, VerifiableKey verified, String requestId) {
    ApiKey key = verified.key();
    int struct = message.begin(4);
    entry(message, "key_id", key.id().toString());
    entry(message, "account", key.createdBy().text());
    entry(message, "product", key.product());
    entry(message, "request_id", requestId);
    var workspace = key.workspace();
    if (workspace != null) {
      entry(message, "workspace", workspace.text());
    }
    String resource = key.resource();
    if (resource != null) {
      entry(message, "resource", resource);
    }
    String plan = verified.plan();
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
