package dev.keyway.core.tenancy;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists accounts to an operator. */
public final class ListAccounts {
  private final Access access;
  private final AccountStore accounts;

  public ListAccounts(Access access, AccountStore accounts) {
    this.access = access;
    this.accounts = accounts;
  }

  /** Which accounts; null does not narrow. */
  public record Query(@Nullable String product, @Nullable String externalId, PageRequest page) {}

  public Page<Account> execute(Caller caller, Query query) {
    Set<String> products = access.readable(caller, query.product());
    return accounts.list(products, query.externalId(), query.page());
  }
}
