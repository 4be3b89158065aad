package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.app.config.Config;
import dev.keyway.app.config.Listener;
import dev.keyway.app.config.Tls;
import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.UnusableCertificateException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The certificates that the listeners start with; null where one speaks plain HTTP. */
record Certificates(
    @Nullable Certificate control, @Nullable Certificate gateway, @Nullable Certificate extAuthz) {

  /**
   * Reads them.
   *
   * @throws CommandFailedException when one cannot be used
   */
  static Certificates of(Config config) {
    Listener envoy = config.extAuthzListener();
    return new Certificates(
        load("control", config.control().tls()),
        load("gateway", config.gateway().tls()),
        load("ext-authz", envoy == null ? null : envoy.tls()));
  }

  private static @Nullable Certificate load(String listener, @Nullable Tls tls) {
    if (tls == null) {
      return null;
    }
    try {
      return Certificate.load(tls.certificate(), tls.key(), Instant.now());
    } catch (UnusableCertificateException e) {
      throw new CommandFailedException(listener + ".tls: " + e.getMessage(), e);
    }
  }
}
