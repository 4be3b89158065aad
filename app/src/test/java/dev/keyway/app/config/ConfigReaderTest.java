package dev.keyway.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.app.log.LogSettings;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.server.http.Networks;
import dev.keyway.store.postgres.PostgresSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final String PEPPER = Base64.getEncoder().encodeToString(new byte[32]);
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PEPPER",
          PEPPER,
          "SHORT",
          "c2hvcnQ=",
          "NOT_BASE64",
          "?".repeat(60),
          "REDIS_PASSWORD",
          "xyz",
          "DB_PASSWORD",
          "hunter2");

  @TempDir Path folder;

  private Config read(String text) {
    var references = new References(ENVIRONMENT::get, folder);
    return new ConfigReader(references, Profiles.shipped().products()).read("keyway.yaml", text);
  }

  @Test
  void read_empty_isTheDefaults() {
    Config config = read("");
    assertThat(config)
        .usingRecursiveComparison()
        .ignoringFields("peppers", "internalNetworks")
        .isEqualTo(Config.defaults());
    assertThat(config.peppers().versions()).isEmpty();
    assertThat(config.internalNetworks()).hasToString("[127.0.0.0/8, ::1/128]");
    assertThat(config.control().listen()).hasToString("127.0.0.1:7700");
    assertThat(config.gateway().listen()).hasToString("127.0.0.1:7701");
    assertThat(config.control().publicUrl(4711)).isEqualTo(URI.create("http://127.0.0.1:4711"));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void read_everything() throws Exception {
    Files.writeString(folder.resolve("c.pem"), "certificate");
    Files.writeString(folder.resolve("k.pem"), "key");
    Config config = read(ConfigReferenceTest.EXAMPLE);
    assertThat(config.control())
        .isEqualTo(
            new Listener(
                new HostPort("0.0.0.0", 7700),
                URI.create("https://keys.example"),
                null,
                Networks.NONE,
                20_000));
    Listener gateway = config.gateway();
    assertThat(gateway)
        .isEqualTo(
            new Listener(
                new HostPort("::", 443),
                URI.create("https://api.example"),
                new Tls(folder.resolve("c.pem"), folder.resolve("k.pem")),
                gateway.trustedProxies(),
                50_000));
    assertThat(gateway.trustedProxies()).hasToString("[10.2.0.0/24]");
    assertThat(config.postgres())
        .isEqualTo(
            new PostgresSettings(
                "jdbc:postgresql://db.internal:5432/keyway?sslmode=verify-full",
                "keyway",
                "hunter2",
                24));
    assertThat(config.extAuthzListener())
        .isEqualTo(new Listener(new HostPort("127.0.0.1", 7712), null, null, Networks.NONE, 100));
    assertThat(config.flood()).isEqualTo(new FloodBounds(100, 2_000));
    assertThat(config.internalNetworks()).hasToString("[127.0.0.0/8, 10.1.0.0/16]");
    assertThat(config.hosts()).containsExactly(Map.entry("memo", "memo.example"));
    assertThat(config.upstreams())
        .containsExactly(
            Map.entry(
                "memo",
                Map.of(
                    "transcriptions",
                    URI.create("http://10.1.0.7:8080"),
                    "mcp",
                    URI.create("http://10.1.0.8:8080"))));
    assertThat(config.peppers().versions()).containsExactly(1);
    assertThat(config.cacheMaxKeys()).isEqualTo(500_000);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.toString()).doesNotContain(PEPPER);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void read_eachSettingOfTheReference_isRead(Setting setting) {
    String document = nested(setting.path().split("\\."));
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(MistakesException.class)
        .hasMessageContaining("keyway.yaml:1: " + setting.path())
        .hasMessageNotContaining("unknown field");
  }

  private static String nested(String[] names) {
    String value = "[[0]]";
    for (int i = names.length - 1; i >= 0; i--) {
      value = i == 0 ? names[i] + ": " + value : "{" + names[i] + ": " + value + "}";
    }
    return value;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          contol: {} | unknown field 'contol'; did you mean 'control'?
          control: {public_url: 'https://a'} | unknown field 'public_url' in 'control'; did you mean 'public-url'?
          control: {listen: 7700} | control.listen: must be host:port, such as 127.0.0.1:7700 or "[::1]:7700", not '7700'
          control: {listen: '127.0.0.1:70000'} | control.listen: must be host:port, such as 127.0.0.1:7700 or "[::1]:7700", not '127.0.0.1:70000'
          control: {public-url: 'https://a/b'} | control.public-url: must be https://host or https://host:port (lower case, no path), not 'https://a/b'
          control: {tls: {certificate: nope.pem}} | control.tls.certificate: must be a file that can be read, not 'nope.pem'
          control: {tls: {key: nope.pem}} | control.tls: missing field 'certificate'
          control: {internal-networks: [10.0.0.0/33]} | control.internal-networks[0]: must be a network such as 10.0.0.0/8 or an address such as 10.0.0.7, not '10.0.0.0/33'
          control: {internal-networks: [localhost]} | control.internal-networks[0]: must be a network such as 10.0.0.0/8 or an address such as 10.0.0.7, not 'localhost'
          control: {listen: '0.0.0.0:7700'} | control: other machines reach 0.0.0.0:7700, so control.public-url must be https (or insecure-http: true, in a network you trust)
          store: {user: u} | store: missing field 'url'
          store: {url: 'jdbc:mysql://h/d', user: u} | store.url: must be a URL such as jdbc:postgresql://host:5432/database
          store: {url: 'jdbc:postgresql://u:hunter2@h/d', user: u} | store.url: must not hold a user or a password; they have their own fields
          store: {url: 'jdbc:postgresql://h/d?password=hunter2', user: u} | store.url: must not hold a user or a password; they have their own fields
          store: {url: 'jdbc:postgresql://h/d', user: u, password: hunter2} | store.password: must be "${env:NAME}" or "${file:PATH}": a password does not belong in this file
          store: {url: 'jdbc:postgresql://h/d', user: u, connections: 2} | store.connections: must be a whole number from 4 to 1000, not '2'
          gateway: {listen: '[::]:7701', public-url: 'http://a'} | gateway: other machines reach [::]:7701, so gateway.public-url must be https (or insecure-http: true, in a network you trust)
          gateway: {listen: 'host.example:7701'} | gateway: other machines reach host.example:7701, so gateway.public-url must be https (or insecure-http: true, in a network you trust)
          gateway: {hosts: {mem: a.example}} | gateway.hosts.mem: unknown product 'mem'; did you mean 'memo'?
          gateway: {hosts: {memo: 'https://a'}} | gateway.hosts.memo: must be a host name in lower case, without scheme and port, not 'https://a'
          gateway: {hosts: {memo: a.example, meko: a.example}} | gateway.hosts: two products cannot have the same host name
          upstreams: {memo: {transcription: 'http://u'}} | upstreams.memo.transcription: unknown upstream 'transcription'; did you mean 'transcriptions'?
          upstreams: {memo: {mcp: u}} | upstreams.memo.mcp: must be an address such as http://10.0.0.7:8080
          peppers: {1: c2VjcmV0} | peppers.1: must be "${env:NAME}" or "${file:PATH}": a pepper does not belong in this file
          peppers: {1: '${env:SHORT}'} | peppers.1: must be base64 of at least 32 bytes, such as `openssl rand -base64 32` prints
          peppers: {1: '${env:NOT_BASE64}'} | peppers.1: must be base64 of at least 32 bytes, such as `openssl rand -base64 32` prints
          peppers: {0: '${env:PEPPER}'} | peppers.0: must be a version: a whole number from 1, not '0'
          peppers: {1: '${env:PEPPER}', 2: '${env:PEPPER}'} | peppers: two versions have the same pepper; a new version needs a new one
          control: {internal-networks: [0.0.0.0/0]} | control.internal-networks[0]: '0.0.0.0/0' is every machine there is, and no internal network
          control: {internal-networks: ['::/0']} | control.internal-networks[0]: '::/0' is every machine there is, and no internal network
          gateway: {public-url: 'http://a', tls: {certificate: here.pem, key: here.pem}} | gateway: gateway.public-url must be https, for the listener speaks TLS
          gateway: {upstream-ca: here.pem} | gateway.upstream-ca: must be a PEM file of certificates, not 'here.pem'
          usage: {retention: 23h} | usage.retention: must be
          usage: {retention: 1096d} | usage.retention: must be
          drain: {delay: 2h} | drain.delay: must be
          drain: {patience: 0s} | drain.patience: must be
          log: {format: xml} | log.format: must be
          log: {level: trace} | log.level: must be
          cache: {max-keys: 0} | cache.max-keys: must be a whole number from 1 to 10000000, not '0'
          insecure-http: 'yes' | insecure-http: must be true or false, not 'yes'
          """)
  void read_mistaken(String text, String message) throws Exception {
    Files.writeString(folder.resolve("here.pem"), "no certificate");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MistakesException.class)
        .hasMessageContaining("keyway.yaml:1: " + message)
        .hasMessageNotContaining("c2VjcmV0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:7700", "127.9.9.9:7700", "'[::1]:7700'", "localhost:0"})
  void read_loopback_needsNoHttps(String listen) {
    assertThat(read("control: {listen: " + listen + "}").warnings()).isEmpty();
  }

  @Test
  void read_drainAndLog() {
    Config config = read("drain: {delay: 5s, patience: 1m}\nlog: {format: json, level: debug}");
    assertThat(config.drain()).isEqualTo(new Drain(Duration.ofSeconds(5), Duration.ofMinutes(1)));
    assertThat(config.log())
        .isEqualTo(new LogSettings(LogSettings.Format.JSON, LogSettings.Level.DEBUG));
  }

  @Test
  void read_usageRetention() {
    assertThat(read("usage: {retention: 1d}").usageRetention()).isEqualTo(Duration.ofDays(1));
    assertThat(read("usage: {retention: 1095d}").usageRetention())
        .isEqualTo(Duration.ofDays(1_095));
    assertThat(read("usage: {}").usageRetention()).isEqualTo(Duration.ofDays(90));
    assertThat(read("").usageRetention()).isEqualTo(Duration.ofDays(90));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:7701, true",
    "http://localhost:7700/x, true",
    "'http://[::1]:7701', true",
    "https://api.example, true",
    "https://api.example:444, false",
    "http://127.0.0.1:8080, false",
    "http://10.0.0.7:7701, false",
  })
  void upstream_thatIsKeywayItself_isFound(String url, boolean expected) {
    Config config =
        read(
            """
            gateway: {public-url: 'https://api.example'}
            upstreams: {memo: {mcp: '%s'}}
            """
                .formatted(url));
    var placed = Profiles.shipped().withAddresses(config.upstreams()).products();
    assertThat(UpstreamLoops.of(config, placed).isEmpty()).isEqualTo(!expected);
    if (expected) {
      assertThat(UpstreamLoops.of(config, placed))
          .containsExactly("upstream memo.mcp is " + url + ", which is Keyway itself");
    }
  }

  @Test
  void read_insecureHttp_isAllowedWithWarning() {
    Config config = read("insecure-http: true\ncontrol: {listen: '0.0.0.0:7700'}");
    assertThat(config.control().publicUrl(7700)).isEqualTo(URI.create("http://localhost:7700"));
    assertThat(config.warnings())
        .containsExactly(
            "control on 0.0.0.0:7700 speaks plain HTTP: anyone on the way can read the keys");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public-url: 'https://a.example:7701'",
        "public-url: 'https://b.example', hosts: {memo: a.example}"
      })
  void warnings_sharedHostName(String gateway) {
    String control = "control: {listen: '0.0.0.0:7700', public-url: 'https://a.example'}\n";
    assertThat(read(control + "gateway: {listen: '0.0.0.0:7701', " + gateway + "}").warnings())
        .singleElement()
        .asString()
        .startsWith("control and gateway share the host name 'a.example'");
  }

  @Test
  void warnings_proxyThatMaySeeTheMetrics() {
    assertThat(read("control: {trusted-proxies: [127.0.0.1]}").warnings())
        .singleElement()
        .asString()
        .startsWith("control.trusted-proxies and control.internal-networks overlap");
    assertThat(read("control: {trusted-proxies: [10.2.0.0/24]}").warnings()).isEmpty();
  }

  @Test
  void warnings_sharedHostNameOnLoopback_none() {
    assertThat(
            read("""
            control: {public-url: 'http://localhost:7700'}
            gateway: {public-url: 'http://localhost:7701'}
            """)
                .warnings())
        .isEmpty();
  }

  @Test
  void withPorts_changesOnlyThoseGiven() {
    Config config = Config.defaults().withPorts(0, null, null);
    assertThat(config.control().listen()).isEqualTo(new HostPort("127.0.0.1", 0));
    assertThat(config.gateway().listen()).isEqualTo(new HostPort("127.0.0.1", 7701));
    assertThat(Config.defaults().withPorts(null, 9, null).gateway().listen().port()).isEqualTo(9);
    Config third = Config.defaults().withPorts(null, null, 8);
    assertThat(third.extAuthzListener()).isEqualTo(Listener.at(new HostPort("127.0.0.1", 8)));
  }

  @Test
  void extAuthz_standsAtItsUsualPortWhereTheGatewayDoes() {
    assertThat(Config.defaults().extAuthzListener())
        .isEqualTo(Listener.at(new HostPort("127.0.0.1", 7702)));
    assertThat(Config.defaults().withPorts(null, 9, null).extAuthzListener())
        .isEqualTo(Listener.at(new HostPort("127.0.0.1", 0)));
    Config written = read("ext-authz: {listen: '127.0.0.1:7702'}");
    assertThat(written.withPorts(null, 9, null).extAuthzListener())
        .isEqualTo(Listener.at(new HostPort("127.0.0.1", 7702)));
  }

  @Test
  void extAuthz_isOffWhereTheSettingsSaySo() {
    assertThat(read("ext-authz: {enabled: false}").extAuthzListener()).isNull();
    assertThat(read("ext-authz: {enabled: false, listen: '10.0.0.1:7702'}").extAuthzListener())
        .isNull();
  }

  @Test
  void extAuthz_needsTlsWhereOtherMachinesReachIt() {
    assertThatThrownBy(() -> read("ext-authz: {listen: '10.0.0.1:7702'}"))
        .isInstanceOf(MistakesException.class)
        .hasMessageContaining("ext-authz needs tls");
    Config insecure = read("{insecure-http: true, ext-authz: {listen: '10.0.0.1:7702'}}");
    assertThat(insecure.warnings())
        .singleElement()
        .asString()
        .contains("ext-authz on 10.0.0.1:7702 speaks plain HTTP");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db.internal/keyway, 1",
    "jdbc:postgresql://db.internal/keyway?sslmode=require, 1",
    "jdbc:postgresql://db.internal/keyway?sslmode=verify-full, 0",
    "jdbc:postgresql://127.0.0.1:5432/keyway, 0",
  })
  void warnings_databaseThatAnybodyCanPoseAs(String url, int warnings) {
    Config config = read("store: {url: '" + url + "', user: keyway}");

    assertThat(config.warnings())
        .hasSize(warnings)
        .allMatch(warning -> warning.contains("sslmode=verify-full"));
  }

  @Test
  void redis_isNamedWithItsEntry() {
    Config config =
        read(
            """
            store: {url: "jdbc:postgresql://127.0.0.1/keyway", user: keyway}
            redis: {url: "rediss://redis.internal:6380/2", user: keyway, password: "${env:REDIS_PASSWORD}"}
            limits: {on-store-loss: share}
            """);

    assertThat(config.limits().redis())
        .extracting("user", "password", "authorities")
        .containsExactly("keyway", "xyz", null);
    assertThat(config.limits().onStoreLoss()).isEqualTo(LimitSettings.OnStoreLoss.SHARE);
    assertThat(config.toString()).doesNotContain("xyz");
    assertThat(config.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "redis://redis.internal, postgresql://127.0.0.1, redis.url is not rediss",
    "redis://127.0.0.1:6379, , redis is not used",
  })
  void warnings_ofRedis(String url, @Nullable String database, String warning) {
    String store =
        database == null ? "" : "store: {url: 'jdbc:" + database + "/keyway', user: keyway}\n";

    assertThat(read(store + "redis: {url: '" + url + "'}").warnings())
        .singleElement()
        .asString()
        .startsWith(warning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis://:hunter2@redis.internal", "http://redis.internal", "redis://host/x"})
  void redis_addressOfAnotherForm_isRefusedAndNotQuoted(String url) {
    assertThatThrownBy(() -> read("redis: {url: '" + url + "'}"))
        .isInstanceOf(MistakesException.class)
        .hasMessageContaining("redis.url")
        .hasMessageNotContaining("hunter2");
  }
}
