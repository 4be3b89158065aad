package dev.keyway.client.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to set, in place of a stack trace. */
final class KeywaySettingsFailureAnalyzer extends AbstractFailureAnalyzer<KeywaySettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, KeywaySettingsException cause) {
    return new FailureAnalysis(
        "Keyway cannot guard this application: " + cause.getMessage() + ".",
        "Set keyway.url (such as http://127.0.0.1:7700) and keyway.product (the profile's name),"
            + " or keyway.enabled=false where requests need no key.",
        cause);
  }
}
