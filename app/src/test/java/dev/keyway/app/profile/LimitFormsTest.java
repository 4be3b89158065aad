package dev.keyway.app.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.core.limit.Allowance;
import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.LimitHeaders;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Counting;
import dev.keyway.core.product.Product;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitFormsTest {
  private static final String ACME =
      """
      product: acme
      title: Acme
      portal: {place: [Keys], create: New key, revoke: Revoke}
      key: {prefix: acme_, show: id, scope: workspace, expiry: {mode: fixed, after: 90d}}
      carriers: [bearer]
      plans: {free: {api: true}, pro: {api: true}, trial: {api: false}}
      limits:
        data: {requests: 500, per: 1m, by: key}
        team: {requests: {free: 1000, pro: 20000}, per: 1h, by: workspace}
        monthly: {requests: 1000000000000, per: month, by: workspace}
        tier: {requests: 9, per: day, by: plan}
        mine: {requests: 9, per: 1d, by: member}
      limit_headers: both
      counts: {verify: [data, monthly], management: []}
      routes:
        - {path: /v1, upstream: rest, limit: [data, team, monthly], cost: 5}
        - {path: /v2, upstream: rest, limit: [mine, tier]}
      upstreams: {rest: {url: null}}
      """;

  @Test
  void limits_ofAllKinds() {
    Product acme = read(ACME);

    assertThat(acme.limits().all())
        .containsExactly(
            new RateLimit("data", 500, Duration.ofMinutes(1)),
            new RateLimit(
                "team",
                new Allowance.ByPlan(Map.of("free", 1_000L, "pro", 20_000L)),
                new Period.Rolling(Duration.ofHours(1)),
                CountedBy.WORKSPACE),
            new RateLimit(
                "monthly",
                new Allowance.Same(1_000_000_000_000L),
                Period.Calendar.MONTH,
                CountedBy.WORKSPACE),
            new RateLimit("tier", new Allowance.Same(9), Period.Calendar.DAY, CountedBy.PLAN),
            new RateLimit(
                "mine",
                new Allowance.Same(9),
                new Period.Rolling(Duration.ofDays(1)),
                CountedBy.MEMBER));
    assertThat(acme.limits().headers()).isEqualTo(LimitHeaders.BOTH);
    assertThat(acme.counting()).isEqualTo(new Counting(List.of("data", "monthly"), List.of()));
    assertThat(acme.routes().get(0).limits()).containsExactly("data", "team", "monthly");
    assertThat(acme.routes().get(0).cost()).isEqualTo(5);
    assertThat(acme.routes().get(1).limits()).containsExactly("mine", "tier");
    assertThat(acme.routes().get(1).cost()).isEqualTo(1);
  }

  @Test
  void counts_absent_areTheUsualOnes() {
    Product acme = read(ACME.replaceFirst("(?m)^counts:.*\n", ""));

    assertThat(acme.counting()).isEqualTo(new Counting(List.of("data"), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "by: member|by: membre|:12: limits.mine.by: |did you mean 'member'?",
        "pro: 20000|por: 20000|:9: |unknown plan 'por'; did you mean 'pro'?",
        "per: month|per: mont|:10: limits.monthly.per: |did you mean 'month'?",
        "per: 1m|per: 2d|:8: limits.data.per: |must be from 1s to 1d",
        "requests: 500|requests: 100001|:8: limits.data.requests: |from 1 to 100000",
        "requests: 1000000000000|requests: 1000000000001|:10: |from 1 to 1000000000000",
        "requests: {free: 1000, pro: 20000}|requests: {}|:9: |number for plan 'free'",
        "scope: workspace|scope: account|:9: limits.team.by: |must not be workspace",
        "[data, team, monthly]|[data, tem]|:16: |unknown limit 'tem'; did you mean 'team'?",
        "[data, team, monthly]|[data, data]|:16: |names a limit twice",
        "cost: 5|cost: 1001|:16: |from 1 to 1000",
        "limit: [mine, tier]|limit: [mine, tier], cost: 10|:17: |is more than limit 'mine' ever allows",
        "limit: [mine, tier]|cost: 2|:17: |the route names none",
        "limit: [mine, tier]|limit: tier|:12: limits.mine: |nothing counts against it",
        "{free: 1000, pro: 20000}|{free: 1000}|:9: |number for plan 'pro', or unlimited",
        "pro: 20000|pro: unlimted|:9: limits.team.requests.pro: |a whole number from 1 to",
        "{free: 1000, pro: 20000}|{free: unlimited, pro: unlimited}|:9: |at least one plan",
        "pro: 20000}|pro: 20000, trial: 1}|:9: |has no effect: plan 'trial' has no API access",
        "per: 1m|per: 1500ms|:8: limits.data.per: |must be whole seconds",
        "[data, monthly]|[date, monthly]|:14: |unknown limit 'date'; did you mean 'data'?",
        "limit_headers: both|limit_headers: bth|:13: |did you mean 'both'?",
      })
  void mistake_isNamedWithItsLine(String from, String to, String where, String what) {
    assertThat(ACME).contains(from);

    assertThatThrownBy(() -> read(ACME.replace(from, to)))
        .isInstanceOf(MistakesException.class)
        .hasMessageContaining("acme.yaml" + where.strip())
        .hasMessageContaining(what);
  }

  @Test
  void planThatIsCalledUnlimited_hasNoNumber() {
    Product acme = read(ACME.replace("pro: 20000", "pro: unlimited"));

    assertThat(acme.limits().all())
        .filteredOn(limit -> limit.name().equals("team"))
        .singleElement()
        .satisfies(team ->
            assertThat(team.requests()).isEqualTo(new Allowance.ByPlan(Map.of("free", 1_000L))));
  }

  @Test
  void usualLimit_misspelled_isNotCountedAndNamed() {
    String text = ACME.replaceFirst("(?m)^counts:.*\n", "").replace("monthly", "managment");

    assertThatThrownBy(() -> read(text.replace("team, managment", "team")))
        .hasMessage(
            "acme.yaml:10: limits.managment: nothing counts against it: neither a route nor counts"
                + " names it; did you mean 'management'?");
  }

  @Test
  void byPlan_withoutPlans_isAMistake() {
    String text =
        ACME.replaceFirst("plans: .*", "plans: {}").replace("{free: 1000, pro: 20000}", "7");

    assertThatThrownBy(() -> read(text))
        .hasMessage("acme.yaml:11: limits.tier.by: must not be plan: the product has no plans");
  }

  private static Product read(String text) {
    return new ProfileReader(new References(_ -> null, Path.of("."))).read("acme.yaml", text);
  }
}
