package dev.keyway.core.apikey;

/**
 * A key as it arrived, well-formed and not yet known to be anybody's.
 *
 * <p>Holds the whole key's bytes; the secret part is read in place, so that a verification makes
 * three objects and no more: the bytes, this, and the id.
 */
public final class PresentedKey {
  private final byte[] bytes;
  private final int prefixLength;
  private final String prefix;
  private final ApiKeyId id;

  PresentedKey(byte[] bytes, String prefix, ApiKeyId id) {
    this.bytes = bytes;
    this.prefix = prefix;
    this.prefixLength = prefix.length();
    this.id = id;
  }

  /** The prefix it begins with, one of those installed. */
  public String prefix() {
    return prefix;
  }

  public ApiKeyId id() {
    return id;
  }

  byte[] bytes() {
    return bytes;
  }

  int secretFrom() {
    return prefixLength + ApiKeyId.LENGTH;
  }

  /** Names the key by its public id only. */
  @Override
  public String toString() {
    return "PresentedKey[" + id + "]";
  }
}
