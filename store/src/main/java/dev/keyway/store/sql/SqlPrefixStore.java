package dev.keyway.store.sql;

import dev.keyway.core.product.PrefixStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The prefixes of products in SQL. */
public final class SqlPrefixStore implements PrefixStore {
  private final Transactions transactions;

  public SqlPrefixStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<PrefixUse> note(Map<String, String> prefixes, Instant now) {
    return transactions.write(handle -> {
      var needed = new ArrayList<PrefixUse>();
      for (Noted noted : noted(handle)) {
        String prefix = prefixes.get(noted.product());
        // Keys are counted only where something differs: there may be millions.
        int keys = noted.prefix().equals(prefix) ? 0 : livingKeys(handle, noted.product(), now);
        if (keys > 0) {
          needed.add(new PrefixUse(noted.product(), noted.prefix(), keys));
        } else if (prefix != null) {
          handle.execute("UPDATE product SET prefix = ? WHERE slug = ?", prefix, noted.product());
        }
      }
      prefixes.forEach((product, prefix) ->
          handle.execute(
              "INSERT INTO product (slug, prefix) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING",
              product,
              prefix));
      return needed;
    });
  }

  private static List<Noted> noted(Handle handle) {
    return handle
        .createQuery("SELECT slug, prefix FROM product ORDER BY slug")
        .map((row, _) -> new Noted(row.getString("slug"), row.getString("prefix")))
        .list();
  }

  private static int livingKeys(Handle handle, String product, Instant now) {
    return KeyEnds.countActive(
        handle, new Conditions().and("k.product = :product", "product", product), now);
  }

  private record Noted(String product, String prefix) {}
}
