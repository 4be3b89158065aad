package dev.keyway.core.apikey;

import java.util.Locale;

/** What kind of thing a product's keys open. */
public enum ScopeKind {
  ACCOUNT,
  WORKSPACE,
  RESOURCE;

  /** The form in profiles and in the API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
