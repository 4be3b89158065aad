package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.LimitHeaders;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.LimitedCaller;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.server.door.LimitFields;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimitHeadersTest {
  private static final List<String> STANDARD = List.of("RateLimit", "RateLimit-Policy");

  @Test
  void admission_withXAlone_hasNoStandardFields() {
    assertThat(RateLimitHeaders.of(state(true)))
        .doesNotContainKeys("RateLimit", "RateLimit-Policy");
    assertThat(door(state(true)).names()).doesNotContainAnyElementsOf(STANDARD);
  }

  @Test
  void refusal_withXAlone_hasTheStandardFieldsToo() {
    assertThat(RateLimitHeaders.of(state(false)))
        .containsEntry("RateLimit", "\"data\";r=0;t=61")
        .containsEntry("RateLimit-Policy", "\"data\";q=5;w=60")
        .containsEntry("X-RateLimit-Reset", "61")
        .containsEntry("Retry-After", "61");
    assertThat(door(state(false)).get("RateLimit")).isEqualTo("\"data\";r=0;t=61");
    assertThat(door(state(false)).get("RateLimit-Policy")).isEqualTo("\"data\";q=5;w=60");
  }

  private static MultiMap door(LimitState state) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    LimitFields.set(headers, state);
    return headers;
  }

  private static LimitState state(boolean admitted) {
    var limits =
        new Limits(
            List.of(new RateLimit("data", 5, Duration.ofMinutes(1))), LimitHeaders.X_RATELIMIT);
    var charge = Objects.requireNonNull(limits.charge(List.of("data"), 1));
    return Limiters.state(charge, new Anybody(), admitted, 60_001);
  }

  private static final class Anybody extends LimitedCaller {
    @Override
    protected String idOf(CountedBy by) {
      return "anybody";
    }

    @Override
    protected @Nullable String plan() {
      return null;
    }
  }
}
