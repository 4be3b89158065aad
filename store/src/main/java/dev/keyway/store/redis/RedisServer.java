package dev.keyway.store.redis;

import dev.keyway.core.UnavailableException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a server says of itself.
 *
 * @param version of Redis, or of that which it stands for
 * @param run a name of its process: another one may not have what this one had
 */
record RedisServer(String version, String run, boolean mayLoseOnFailover) {
  /** Before, a script that had looked at the clock could write nothing. */
  private static final int OLDEST = 6;

  /**
   * Reads the answer to INFO.
   *
   * @throws UnavailableException for a server on which limits would not be exact
   */
  static RedisServer of(String info) {
    Map<String, String> said = new HashMap<>();
    info.lines()
        .filter(line -> line.indexOf(':') > 0)
        .forEach(line -> {
          int colon = line.indexOf(':');
          said.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
    String version = said.getOrDefault("redis_version", "0");
    require(
        Integer.parseInt(version.split("\\.", 2)[0]) >= OLDEST, "is older than version " + OLDEST);
    require(said.getOrDefault("role", "").equals("master"), "is a replica");
    require(!said.getOrDefault("redis_mode", "").equals("cluster"), "is part of a Redis Cluster");
    boolean mayEvict =
        !said.getOrDefault("maxmemory", "0").equals("0")
            && !said.getOrDefault("maxmemory_policy", "").equals("noeviction");
    require(!mayEvict, "may evict what counts: maxmemory-policy has to be noeviction");
    String run = said.get("run_id");
    require(run != null, "does not say its run_id");
    boolean hasReplicas = !said.getOrDefault("connected_slaves", "0").equals("0");
    boolean isFenced = said.containsKey("min_slaves_good_slaves");
    return new RedisServer(version, String.valueOf(run), hasReplicas && !isFenced);
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new UnavailableException("The Redis server " + otherwise + ".", null);
    }
  }
}
