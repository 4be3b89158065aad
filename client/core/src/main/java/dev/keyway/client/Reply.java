package dev.keyway.client;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
sealed interface Reply {

  /** A whole answer, of whomever. */
  record Answer(int status, HttpHeaders headers, String body) implements Reply {

    /** The field's only value; null when it is missing, empty or there more than once. */
    @Nullable String only(String name) {
      var values = headers.allValues(name);
      return values.size() == 1 && !values.get(0).isBlank() ? values.get(0).strip() : null;
    }

    /** Whether Keyway spoke, and not something before it: all its answers carry an id. */
    boolean isOfKeyway() {
      return only("Keyway-Request-Id") != null || only("Keyway-Status") != null;
    }
  }

  /** No answer. */
  record None(UnavailableReason reason, @Nullable Throwable cause) implements Reply {}
}
