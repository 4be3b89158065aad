package dev.keyway.client.servlet;

import java.util.List;

/**
 * What a filter does besides asking.
 *
 * @param excludedPaths need no key; context path included, see {@link #excluding}
 * @param outages what happens while Keyway cannot be reached
 * @param credentials what the application sees of the key
 */
public record FilterSettings(List<String> excludedPaths, Outages outages, Credentials credentials) {

  /** Every path needs a key, an outage is a 503, and the application never sees a key. */
  public static final FilterSettings DEFAULT =
      new FilterSettings(List.of(), Outages.CLOSED, Credentials.REMOVED);

  /** What happens while Keyway cannot be reached. */
  public enum Outages {
    /** 503 {@code cannot_verify} with {@code Retry-After}. */
    CLOSED,
    /**
     * Requests pass without an identity, with any key or none, while Keyway cannot be reached in
     * time. Any answer keeps the filter closed: what Keyway refuses stays refused, and what it
     * cannot decide too.
     */
    OPEN
  }

  /** What the application sees of the key. */
  public enum Credentials {
    /** Nothing. */
    REMOVED,
    /** The key as it came; Keyway's own cookies are gone all the same. */
    KEPT
  }

  /** Copies the list. */
  public FilterSettings {
    excludedPaths = List.copyOf(excludedPaths);
  }

  /** The same, where these paths need no key: {@code /health} alone, {@code /public/*} below. */
  public FilterSettings excluding(List<String> paths) {
    return new FilterSettings(paths, outages, credentials);
  }

  public FilterSettings on(Outages value) {
    return new FilterSettings(excludedPaths, value, credentials);
  }

  public FilterSettings showing(Credentials value) {
    return new FilterSettings(excludedPaths, outages, value);
  }
}
