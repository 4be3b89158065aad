package dev.keyway.core.tenancy;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person, or a backend's customer, in one product.
 *
 * @param email unique within the product, whatever its case
 * @param externalId the operator's own id for it, unique within the product
 * @param version counts its changes, from 1
 */
public record Account(
    AccountId id,
    String product,
    String email,
    String name,
    @Nullable String externalId,
    Status status,
    Instant createdAt,
    long version) {

  /** Whether the account may do anything. */
  public enum Status {
    ACTIVE,
    /** May do nothing until it is active again, and then has to make new keys. */
    SUSPENDED,
    /** Gone for good; its keys are deactivated and its e-mail is free again. */
    DELETED;

    /** The form in the API. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
