package dev.keyway.core.tenancy;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.apikey.ListedKey;
import java.util.List;

/**
 * The keys that would stop working if a change were made, for whoever has to decide on it.
 *
 * @param count how many there are
 * @param shown those used last, at most {@value #MAX_SHOWN}
 */
public record ConcernedKeys(int count, List<ListedKey> shown) {
  static final int MAX_SHOWN = 100;

  static final ConcernedKeys NONE = new ConcernedKeys(0, List.of());

  public ConcernedKeys {
    shown = List.copyOf(shown);
  }

  static ConcernedKeys of(ApiKeyStore keys, KeyQuery query) {
    Page<ListedKey> page =
        keys.list(query, KeySort.USED_LAST_FIRST, new PageRequest(MAX_SHOWN, null));
    int count = page.next() == null ? page.data().size() : keys.count(query);
    return new ConcernedKeys(count, page.data());
  }
}
