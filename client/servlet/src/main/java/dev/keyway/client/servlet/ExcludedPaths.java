package dev.keyway.client.servlet;

import java.util.ArrayList;
import java.util.List;

/**
 * The paths that need no key: {@code /health} for itself, {@code /public/*} for all below. A path
 * that a reader might take for another one is never excluded.
 */
final class ExcludedPaths {
  private final List<String> exact = new ArrayList<>();
  private final List<String> below = new ArrayList<>();

  ExcludedPaths(List<String> patterns) {
    for (String pattern : patterns) {
      if (!isPlain(pattern)) {
        throw new IllegalArgumentException(
            "an excluded path begins with a slash and is as plain as /health or /public/*: "
                + pattern);
      }
      if (pattern.endsWith("/*")) {
        below.add(pattern.substring(0, pattern.length() - 1));
      } else if (pattern.indexOf('*') < 0) {
        exact.add(pattern);
      } else {
        throw new IllegalArgumentException("a star may only end an excluded path: " + pattern);
      }
    }
  }

  /**
   * Whether a path needs no key.
   *
   * @param path as it came, the context path included
   */
  boolean contain(String path) {
    return isPlain(path) && (exact.contains(path) || below.stream().anyMatch(path::startsWith));
  }

  /** No escapes, no parameters, no empty and no dot segments: everybody reads the same. */
  private static boolean isPlain(String path) {
    return path.startsWith("/")
        && path.chars().allMatch(c -> c > ' ' && c < 0x7f && "%;\\?#".indexOf(c) < 0)
        && !path.contains("//")
        && !(path + "/").contains("/./")
        && !(path + "/").contains("/../");
  }
}
