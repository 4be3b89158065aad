package dev.keyway.core.product;

import dev.keyway.core.limit.Limits;
import java.util.List;

/**
 * Which limits count the requests that have no route.
 *
 * @param verify the names of those that count verifications through the API
 * @param management the names of those that count a product key's calls to the key operations
 *     (MEMO-9)
 */
public record Counting(List<String> verify, List<String> management) {
  /** What counts verifications where the profile says nothing. */
  public static final String DATA_LIMIT = "data";

  /** What counts calls to the key operations where the profile says nothing. */
  public static final String MANAGEMENT_LIMIT = "management";

  public Counting {
    verify = List.copyOf(verify);
    management = List.copyOf(management);
  }

  /** The usual limits, as far as a product has them. */
  public static Counting usual(Limits limits) {
    return new Counting(ifPresent(DATA_LIMIT, limits), ifPresent(MANAGEMENT_LIMIT, limits));
  }

  private static List<String> ifPresent(String name, Limits limits) {
    return limits.contains(name) ? List.of(name) : List.of();
  }
}
