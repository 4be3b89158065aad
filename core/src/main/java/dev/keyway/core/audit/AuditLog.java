package dev.keyway.core.audit;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;

/** Where the trail is kept. Rows are only ever added; changes add theirs in their transaction. */
public interface AuditLog {

  /** Adds the row of a call that changed nothing, such as a refused one. */
  void append(AuditEvent event);

  /** Rows, newest first. */
  Page<ListedEvent> list(AuditQuery query, PageRequest page);
}
