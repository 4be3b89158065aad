package dev.keyway.client.spring;

import dev.keyway.client.Decision;
import dev.keyway.client.ForwardedRequest;
import dev.keyway.client.KeyCheck;
import dev.keyway.client.KeywayClient;
import dev.keyway.client.KeywayVerifier;
import dev.keyway.client.Verification;

/** The lines of {@code docs/guides/java.md}, so that they compile. */
final class GuideExamples {
  private GuideExamples() {}

  static Decision ask(String authorization) {
    KeywayClient keyway = KeywayClient.of("http://127.0.0.1:7700", "memo");
    Decision decision =
        keyway.check(
            ForwardedRequest.of("GET", "/v1/machines").with("Authorization", authorization));
    return decision;
  }

  static Verification verify(String operatorKey, String key) {
    KeywayVerifier verifier = KeywayVerifier.of("https://keyway.example", operatorKey);
    Verification verification = verifier.verify(KeyCheck.of(key).inProduct("memo"));
    return verification;
  }
}
