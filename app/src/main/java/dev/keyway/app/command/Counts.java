package dev.keyway.app.command;

import dev.keyway.store.sql.StoreContents;

/** What a store holds, in one line. */
final class Counts {
  private Counts() {}

  static String of(StoreContents contents) {
    return "%s (%d ended), %s, %s, changes of rights up to number %d"
        .formatted(
            counted(contents.keys(), "key"),
            contents.endedKeys(),
            counted(contents.accounts(), "account"),
            counted(contents.operatorKeys(), "operator key"),
            contents.lastChange());
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
