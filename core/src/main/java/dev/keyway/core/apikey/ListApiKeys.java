package dev.keyway.core.apikey;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.product.PortalText.Ended;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists the keys that exist for the caller; never a secret. */
public final class ListApiKeys {
  private final KeyAccess access;
  private final ApiKeyStore keys;
  private final Set<String> withoutEnded;
  private final Products products;
  private final InstantSource clock;

  public ListApiKeys(KeyAccess access, ApiKeyStore keys, Products products, InstantSource clock) {
    this.access = access;
    this.keys = keys;
    this.products = products;
    this.clock = clock;
    this.withoutEnded =
        products.all().stream()
            .filter(product -> product.portal().ended() == Ended.FILTERED)
            .map(Product::slug)
            .collect(Collectors.toSet());
  }

  /**
   * What to list; every part narrows, and null or an empty set does not.
   *
   * @param statuses an empty set is the product's default list, which leaves revoked and
   *     deactivated keys out where the product says so
   * @param expiresWithin active keys that expire within this time
   * @param idleFor keys not used for this time
   */
  public record Query(
      @Nullable String product,
      @Nullable String workspace,
      @Nullable String resource,
      @Nullable String account,
      Set<KeyStatus> statuses,
      @Nullable Duration expiresWithin,
      @Nullable Duration idleFor,
      @Nullable String text,
      KeySort sort,
      PageRequest page) {}

  public Page<ListedKey> execute(Caller caller, Query query) {
    String product = query.product();
    if (product != null && products.find(product).isEmpty()) {
      throw Invalid.request("There is no product '" + product + "'.");
    }
    String workspace = query.workspace();
    String resource = query.resource();
    String account = query.account();
    Duration expiresWithin = query.expiresWithin();
    Duration idleFor = query.idleFor();
    Instant now = clock.instant();
    return keys.list(
        new KeyQuery(
            access.visibility(caller),
            product,
            workspace == null ? null : new WorkspaceId(workspace),
            resource == null ? null : new ResourceId(resource),
            account == null ? null : new AccountId(account),
            query.statuses(),
            query.statuses().isEmpty() ? withoutEnded : Set.of(),
            expiresWithin == null ? null : now.plus(expiresWithin),
            idleFor == null ? null : now.minus(idleFor),
            query.text(),
            now),
        query.sort(),
        query.page());
  }
}
