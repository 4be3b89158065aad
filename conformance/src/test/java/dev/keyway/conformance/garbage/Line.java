package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.WireMessage;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A client that says anything and keeps its connection as long as the other side does, so that many
 * requests cost little.
 */
final class Line implements AutoCloseable {

  private final URI address;
  private @Nullable RawConnection connection;

  Line(URI address) {
    this.address = address;
  }

  /** Sends these bytes, which must be one whole request, and reads its answer. */
  WireMessage ask(byte[] request) {
    RawConnection open = connection == null ? RawConnection.to(address) : connection;
    connection = open;
    open.write(request);
    WireMessage answer = finalAnswer(open, new String(request, 0, 5, ISO_8859_1).equals("HEAD "));
    if (answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
      close();
    }
    return answer;
  }

  /** The authority to name as {@code Host}. */
  String host() {
    return address.getAuthority();
  }

  private static WireMessage finalAnswer(RawConnection open, boolean isHead) {
    while (true) {
      WireMessage answer = isHead ? open.head() : open.answer();
      if (answer.status() >= 200) {
        return answer;
      }
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
