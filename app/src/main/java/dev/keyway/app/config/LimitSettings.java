package dev.keyway.app.config;

import dev.keyway.store.redis.RedisSettings;
import org.jspecify.annotations.Nullable;

/**
 * How the limits of several nodes are counted together.
 *
 * @param redis the server that counts rolling windows; null for the database
 * @param onStoreLoss what holds while that server is gone
 */
public record LimitSettings(@Nullable RedisSettings redis, OnStoreLoss onStoreLoss) {
  static final LimitSettings DEFAULT = new LimitSettings(null, OnStoreLoss.REFUSE);

  /** What a node does about limits when their server is lost. */
  public enum OnStoreLoss {
    /** Cannot tell until nothing that was granted counts; then its share. */
    REFUSE,
    /** Its share at once, so that a window may hold more than is allowed. */
    SHARE
  }
}
