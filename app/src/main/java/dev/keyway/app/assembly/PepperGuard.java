package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.core.apikey.DigestStore;
import dev.keyway.core.apikey.DigestStore.PepperUse;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.Peppers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses to start without a pepper that living keys depend on: the node could say nothing about
 * them, and with a wrong pepper under the right version it would call every one of them unknown.
 */
final class PepperGuard {
  private static final String GUIDE = " (docs/guides/pepper-rotation.md)";

  private PepperGuard() {}

  /**
   * Checks the peppers held against the keys of a store.
   *
   * @throws CommandFailedException with the versions and what to do
   */
  static void check(DigestStore digests, Peppers peppers, Instant now) {
    List<PepperUse> needed =
        digests.useAt(now).stream().filter(use -> use.version() != KeyDigest.NO_PEPPER).toList();
    List<PepperUse> missing =
        needed.stream().filter(use -> !peppers.versions().contains(use.version())).toList();
    if (!missing.isEmpty()) {
      throw new CommandFailedException(
          missing.stream().map(PepperGuard::need).collect(Collectors.joining(", and "))
              + ": put what keyway.yaml no longer has back under 'peppers'"
              + GUIDE);
    }
    Set<Integer> inUse = needed.stream().map(PepperUse::version).collect(Collectors.toSet());
    Set<Integer> others = digests.noteMarks(peppers.marks(), inUse);
    if (!others.isEmpty()) {
      throw new CommandFailedException(
          needed.stream()
                  .filter(use -> others.contains(use.version()))
                  .map(PepperGuard::need)
                  .collect(Collectors.joining(", and "))
              + ", and keyway.yaml has another secret there: put the old one back, and a new one"
              + " under a version of its own"
              + GUIDE);
    }
  }

  private static String need(PepperUse use) {
    var who = new ArrayList<String>();
    if (use.keys() > 0) {
      who.add(counted(use.keys(), "key"));
    }
    if (use.operatorKeys() > 0) {
      who.add(counted(use.operatorKeys(), "operator key"));
    }
    boolean isOne = use.keys() + use.operatorKeys() == 1;
    return "%s %s pepper %d"
        .formatted(String.join(" and ", who), isOne ? "needs" : "need", use.version());
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
