package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/**
 * A plain TCP connection, for requests that an HTTP library would not send and for bytes as they
 * really are.
 */
public final class RawConnection implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** A cut is made before the narrowing call returns; this only lets the loopback deliver it. */
  private static final Duration CUT_LIMIT = Duration.ofSeconds(5);

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /** Connects to the host and port of the address. */
  public static RawConnection to(URI address) {
    try {
      Socket socket = new Socket();
      socket.connect(
          new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.setTcpNoDelay(true);
      return new RawConnection(socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request line and fields, given as lines, and an empty line; {@code Host} is added. */
  public RawConnection send(String... lines) {
    return write(
        (String.join("\r\n", lines) + "\r\nHost: " + host() + "\r\n\r\n").getBytes(ISO_8859_1));
  }

  /** Sends these bytes and nothing else. */
  public RawConnection write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The authority this connection was made to. */
  public String host() {
    return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
  }

  /** Reads the status line and the fields of an answer. */
  public WireMessage head() {
    try {
      return WireMessage.readHead(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one whole answer. */
  public WireMessage answer() {
    try {
      return WireMessage.readHead(in).readBody(in, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one piece of a chunked body: exactly the bytes of one chunk, empty at the end. */
  public byte[] chunk() {
    try {
      return WireMessage.readChunk(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next bytes, exactly so many. */
  public byte[] bytes(int count) {
    try {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * True when the other side ends or breaks the connection now; bytes already on their way are
   * passed over.
   */
  public boolean isCut() {
    return isCut(socket, in);
  }

  static boolean isCut(Socket socket, InputStream in) {
    try {
      socket.setSoTimeout((int) CUT_LIMIT.toMillis());
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
