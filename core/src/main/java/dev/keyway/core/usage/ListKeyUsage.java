package dev.keyway.core.usage;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyAccess;
import dev.keyway.core.operator.Caller;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Shows the daily use of several keys; those that do not exist for the caller are left out. */
public final class ListKeyUsage {
  public static final int MOST_KEYS = 100;
  public static final int MOST_DAYS = 90;

  private final KeyAccess access;
  private final UsageReader usage;
  private final InstantSource clock;

  public ListKeyUsage(KeyAccess access, UsageReader usage, InstantSource clock) {
    this.access = access;
    this.usage = usage;
    this.clock = clock;
  }

  /** The use of keys, in the order in which they were asked for. */
  public record Result(UsageRange range, Map<ApiKeyId, UsageSeries> series) {}

  /**
   * The use in the last days, today included.
   *
   * @throws Invalid when there is no key or too many, or too many days
   */
  public Result execute(Caller caller, List<ApiKeyId> keys, int days) {
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw Invalid.request("'keys' must name 1 to " + MOST_KEYS + " keys.");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw Invalid.request("'days' must be a number from 1 to " + MOST_DAYS + ".");
    }
    UsageRange range = UsageRange.lastDays(days, clock.instant());
    List<ApiKeyId> visible = access.visible(caller, keys);
    Map<ApiKeyId, UsageSeries> found = usage.series(visible, range);
    Map<ApiKeyId, UsageSeries> inOrder = new LinkedHashMap<>();
    visible.forEach(key -> inOrder.put(key, Objects.requireNonNull(found.get(key))));
    return new Result(range, inOrder);
  }
}
