package dev.keyway.app.config;

import dev.keyway.app.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps docs/config.md the same as the settings that are read. */
class ConfigReferenceTest {
  /** Shown on the page, and read in {@link ConfigReaderTest}. */
  static final String EXAMPLE =
      """
      control:
        listen: 0.0.0.0:7700
        public-url: https://keys.example # something in front ends TLS here
        internal-networks: [127.0.0.0/8, 10.1.0.0/16]
      gateway:
        listen: "[::]:443"
        public-url: https://api.example
        trusted-proxies: [10.2.0.0/24]
        max-connections: 50000
        tls: {certificate: c.pem, key: k.pem}
        hosts: {memo: memo.example}
      ext-authz: {listen: 127.0.0.1:7712, max-connections: 100}
      insecure-http: false
      upstreams:
        memo:
          transcriptions: http://10.1.0.7:8080
          mcp: http://10.1.0.8:8080
      peppers:
        1: ${env:PEPPER}
      cache: {max-keys: 500000}
      flood: {unknown-per-address: 100, unknown-total: 2000}
      drain: {delay: 10s, patience: 60s}
      store:
        url: jdbc:postgresql://db.internal:5432/keyway?sslmode=verify-full
        user: keyway
        password: ${env:DB_PASSWORD}
        connections: 24
      redis: {url: "rediss://redis.internal:6379", user: keyway, password: "${env:REDIS_PASSWORD}"}
      limits: {on-store-loss: refuse}
      usage: {retention: 30d}
      tombstones: {folders: [/mnt/other/keyway]}
      log: {format: json, level: info}
      """;

  private static final String HEAD =
      """
      # Settings

      `keyway serve` reads `keyway.yaml` from the data folder, or the file that `--config` names. Every
      setting has a default, so the file may be missing. An unknown setting is refused with its line and
      the nearest known name. File names are relative to the folder of `keyway.yaml`; a missing variable
      or file is refused.

      Flags come before the file: `--port`, `--gateway-port` and `--ext-authz-port` replace the ports of the listeners,
      `--data` and `--profiles` name the folders (by default `keyway-data`, and `profiles` in it).

      A listener that other machines reach (any but a loopback address or `localhost`) needs an https
      `public-url`, or start-up is refused unless `insecure-http: true`. Start-up warns when two such
      listeners share a host name, because cookies ignore ports.

      | setting | form | default | meaning |
      |---|---|---|---|
      """;

  @Test
  void page_isWhatTheProgramReads() throws Exception {
    var page = new StringBuilder(HEAD);
    for (Setting setting : Setting.values()) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(setting.path(), setting.form(), setting.fallback(), setting.meaning()));
    }
    page.append("\n## Example\n\n```yaml\n").append(EXAMPLE).append("```\n");
    Golden.assertSame(Path.of("../docs/config.md"), page.toString());
  }
}
