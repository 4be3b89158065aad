package dev.keyway.app.config;

import org.jspecify.annotations.Nullable;

/**
 * Whether and where Envoy is answered.
 *
 * @param isEnabled whether at all
 * @param written where the settings put it; null where they say nothing
 */
record ExtAuthz(boolean isEnabled, @Nullable Listener written) {
  static final HostPort STANDARD = new HostPort("127.0.0.1", 7702);

  static final ExtAuthz DEFAULT = new ExtAuthz(true, null);

  ExtAuthz withPort(int port) {
    return new ExtAuthz(
        isEnabled, (written == null ? Listener.at(STANDARD) : written).withPort(port));
  }

  /**
   * The listener; null for none. Where nothing is said, it stands at its usual port just when the
   * gateway does: a second node on a machine is started with other ports, and must not fail over
   * one that nobody spoke of.
   */
  @Nullable Listener beside(Listener gateway) {
    if (!isEnabled) {
      return null;
    }
    if (written != null) {
      return written;
    }
    boolean isUsual = gateway.listen().port() == Config.GATEWAY.port();
    return isUsual ? Listener.at(STANDARD) : Listener.at(STANDARD).withPort(0);
  }
}
