package dev.keyway.core.product;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The product's own words and places for its key page.
 *
 * @param place the way to the page, such as Settings, API Keys
 * @param create the button's text
 * @param revoke the verb for taking a key away
 * @param resource the noun for what a key is scoped to; null where it is the account
 * @param ended whether ended keys stay in the default list
 */
public record PortalText(
    List<String> place, String create, String revoke, @Nullable String resource, Ended ended) {

  /** Where revoked and deactivated keys are found. */
  public enum Ended {
    /** In the list, with their status (MEKO-8). */
    LISTED,
    /** Only under the filter "deleted" (LAKE-6, MEMO-10). */
    FILTERED
  }

  public PortalText {
    place = List.copyOf(place);
  }
}
