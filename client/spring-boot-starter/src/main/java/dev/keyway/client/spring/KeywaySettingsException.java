package dev.keyway.client.spring;

/** The application must not start so: its requests would not be guarded. */
final class KeywaySettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  KeywaySettingsException(String message) {
    super(message);
  }
}
