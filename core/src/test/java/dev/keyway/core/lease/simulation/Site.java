package dev.keyway.core.lease.simulation;

import java.util.function.Consumer;

/**
 * Where one life of a node takes place: what all its parts share.
 *
 * @param number of the node
 * @param life counts the lives of all nodes
 * @param joining to be told when it begins to join
 */
record Site(
    int number,
    int life,
    Mistake mistake,
    Weather weather,
    Timeline timeline,
    Chance chance,
    Machine machine,
    Network network,
    Statements statements,
    History history,
    Runnable joining) {

  <T> void call(Request<T> request, Consumer<T> answer, Runnable failure) {
    network.call(machine, request, answer, failure);
  }

  /** Calls, and cares for nothing but an answer. */
  <T> void call(Request<T> request, Consumer<T> answer) {
    call(request, answer, () -> {});
  }

  long clock() {
    return machine.clock();
  }

  void say(String what) {
    timeline.say(() -> "node " + number + ": " + what);
  }
}
