package dev.keyway.core.usage;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyAccess;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import dev.keyway.core.usage.RecentRefusals.Refusal;
import dev.keyway.core.usage.UsageRange.Step;
import dev.keyway.core.usage.UsageStore.ClientUse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows how a key was used over time, by which clients, and why it was refused. */
public final class GetKeyUsage {
  private final KeyAccess access;
  private final UsageReader usage;
  private final InstantSource clock;

  public GetKeyUsage(KeyAccess access, UsageReader usage, InstantSource clock) {
    this.access = access;
    this.usage = usage;
    this.clock = clock;
  }

  /**
   * The use of one key.
   *
   * @param recentRefusals the last ones on this node, newest first
   * @param clients those seen last first
   */
  public record Result(
      UsageRange range,
      UsageSeries series,
      List<Refusal> recentRefusals,
      List<ClientUse> clients) {}

  /** The use in a range; {@link UsageRange#of} says what null stands for. */
  public Result execute(
      Caller caller, ApiKeyId key, @Nullable Instant from, @Nullable Instant to, Step step) {
    var _ = access.find(caller, key, Right.READ);
    UsageRange range = UsageRange.of(from, to, step, clock.instant());
    UsageSeries series = Objects.requireNonNull(usage.series(Set.of(key), range).get(key));
    return new Result(range, series, usage.recentRefusals(key), usage.clients(key));
  }
}
