package dev.keyway.core.audit;

import org.jspecify.annotations.Nullable;

/**
 * A row of the trail with what is known of its actor today.
 *
 * @param actorName the account's or the operator key's name; null for other actors, and for an
 *     account that is deleted
 */
public record ListedEvent(AuditEvent event, @Nullable String actorName) {

  /** As people see it: what an operator calls its keys is not for them. */
  ListedEvent withoutOperatorName() {
    return event.actor().kind() == Actor.Kind.OPERATOR ? new ListedEvent(event, null) : this;
  }
}
