package dev.keyway.core.verify;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.PresentedKey;
import dev.keyway.core.product.Carrier.Place;
import org.jspecify.annotations.Nullable;

/** What a request carries by way of a key, as a door found it. */
public sealed interface Credential {

  /** No place is filled. */
  record Missing() implements Credential {}

  /** A key stands in the query, where the product forbids it (MEMO-5). */
  record InForbiddenQuery() implements Credential {}

  /** More than one place is filled, one is filled twice, or one holds several values. */
  record Several() implements Credential {}

  /** One place is filled. */
  final class Single implements Credential {
    private final Place place;
    private final String text;
    private final @Nullable String keyId;

    /**
     * What was found in one place.
     *
     * @param keyId the key id that stood beside the key (Basic), which must then be the key's own
     */
    public Single(Place place, String text, @Nullable String keyId) {
      this.place = place;
      this.text = text;
      this.keyId = keyId;
    }

    /**
     * The id of the key that this claims to be; null when it has not the form of a key. It proves
     * nothing, and is for what has to be known before the key is verified.
     */
    public @Nullable ApiKeyId claimedId(KeyFormat format) {
      PresentedKey key = format.parse(text);
      return key == null ? null : key.id();
    }

    Place place() {
      return place;
    }

    String text() {
      return text;
    }

    @Nullable String keyId() {
      return keyId;
    }

    /** All that was presented: a good key beside another's id is not the key alone. */
    String whole() {
      return keyId == null ? text : text + ' ' + keyId;
    }

    @Override
    public String toString() {
      return "Single[" + place + ", redacted]";
    }
  }

  Credential MISSING = new Missing();
  Credential IN_FORBIDDEN_QUERY = new InForbiddenQuery();
  Credential SEVERAL = new Several();
}
