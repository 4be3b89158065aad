package dev.keyway.server.authz;

import dev.keyway.server.door.HeaderValues;
import java.util.ArrayList;
import java.util.List;

/**
 * What Envoy tells of a request in a {@code CheckRequest} ({@code envoy.service.auth.v3}), as far
 * as a decision needs it. The numbers are those of Envoy's published API.
 */
final class ExtAuthzRequest implements HeaderValues {
  /** The key of {@code context_extensions} that names the product. */
  static final String PRODUCT = "product";

  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private String method = "";
  private String target = "";
  private String host = "";
  private String product = "";
  private String address = "";

  private ExtAuthzRequest() {}

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException when it is no {@code CheckRequest}
   */
  static ExtAuthzRequest of(byte[] message) throws MalformedMessageException {
    var request = new ExtAuthzRequest();
    var fields = new ProtobufReader(message);
    while (fields.next()) {
      if (fields.field() == 1) {
        request.readAttributes(fields.message());
      }
    }
    return request;
  }

  String method() {
    return method;
  }

  /** The path and the query, as they came. */
  String target() {
    return target;
  }

  /** With a port, if the client sent one; empty when it is not told. */
  String host() {
    return host;
  }

  /** What the proxy's configuration calls the product; empty when it calls none. */
  String product() {
    return product;
  }

  /** Whom the proxy takes for the client; empty when it does not say. */
  String address() {
    return address;
  }

  int headers() {
    return names.size();
  }

  String headerName(int index) {
    return names.get(index);
  }

  @Override
  public List<String> of(CharSequence name) {
    String wanted = name.toString();
    List<String> found = List.of();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(wanted)) {
        if (found.isEmpty()) {
          found = new ArrayList<>(1);
        }
        found.add(values.get(i));
      }
    }
    return found;
  }

  private void readAttributes(ProtobufReader attributes) throws MalformedMessageException {
    while (attributes.next()) {
      switch (attributes.field()) {
        case 1 -> readSource(attributes.message());
        case 4 -> readRequest(attributes.message());
        case 10 -> readExtension(attributes.message());
        default -> {}
      }
    }
  }

  /** {@code Peer.address.socket_address.address}. */
  private void readSource(ProtobufReader peer) throws MalformedMessageException {
    while (peer.next()) {
      if (peer.field() == 1) {
        ProtobufReader choice = peer.message();
        while (choice.next()) {
          if (choice.field() == 1) {
            readSocketAddress(choice.message());
          }
        }
      }
    }
  }

  private void readSocketAddress(ProtobufReader socket) throws MalformedMessageException {
    while (socket.next()) {
      if (socket.field() == 2) {
        address = socket.text();
      }
    }
  }

  private void readExtension(ProtobufReader entry) throws MalformedMessageException {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> key = entry.text();
        case 2 -> value = entry.text();
        default -> {}
      }
    }
    if (key.equals(PRODUCT)) {
      product = value;
    }
  }

  private void readRequest(ProtobufReader request) throws MalformedMessageException {
    while (request.next()) {
      if (request.field() == 2) {
        readHttp(request.message());
      }
    }
  }

  private void readHttp(ProtobufReader http) throws MalformedMessageException {
    while (http.next()) {
      switch (http.field()) {
        case 2 -> method = http.text();
        case 3 -> readHeader(http.message());
        case 4 -> target = http.text();
        case 5 -> host = http.text();
        case 13 -> readHeaderMap(http.message());
        default -> {}
      }
    }
  }

  private void readHeaderMap(ProtobufReader map) throws MalformedMessageException {
    while (map.next()) {
      if (map.field() == 1) {
        readHeader(map.message());
      }
    }
  }

  /** One field: of the map in which lines are joined, or of the list in which they are not. */
  private void readHeader(ProtobufReader header) throws MalformedMessageException {
    String name = "";
    String value = "";
    while (header.next()) {
      switch (header.field()) {
        case 1 -> name = header.text();
        case 2 -> value = header.text();
        case 3 -> value = header.bytesAsText();
        default -> {}
      }
    }
    names.add(name);
    values.add(value);
  }
}
