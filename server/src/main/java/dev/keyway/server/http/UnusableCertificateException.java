package dev.keyway.server.http;

/** A certificate and its key cannot be served; the message is one line that says why. */
public final class UnusableCertificateException extends Exception {
  private static final long serialVersionUID = 1;

  public UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }

  public UnusableCertificateException(String message) {
    super(message);
  }
}
