package dev.keyway.app.assembly;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes one thing after another, each whatever became of those before it. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** In this order; what fails is logged, for nobody is left who could do anything about it. */
  static void all(AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.error("a part of the node cannot be closed", e);
      }
    }
  }
}
