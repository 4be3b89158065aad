package dev.keyway.core.memory;

import dev.keyway.core.product.PrefixStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class InMemoryPrefixes implements PrefixStore {
  private final Memory memory;

  InMemoryPrefixes(Memory memory) {
    this.memory = memory;
  }

  @Override
  public List<PrefixUse> note(Map<String, String> prefixes, Instant now) {
    synchronized (memory) {
      var needed = new ArrayList<PrefixUse>();
      memory.prefixes.forEach((product, noted) -> {
        int keys = memory.countActive(key -> key.product().equals(product), now);
        if (!noted.equals(prefixes.get(product)) && keys > 0) {
          needed.add(new PrefixUse(product, noted, keys));
        }
      });
      memory.prefixes.putAll(prefixes);
      needed.forEach(use -> memory.prefixes.put(use.product(), use.prefix()));
      return needed;
    }
  }
}
