package dev.keyway.store.postgres;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How people recognise a node: the host and the process. */
final class NodeName {
  private static final String OF_THIS_PROCESS = host() + "/" + ProcessHandle.current().pid();

  private NodeName() {}

  static String ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  private static String host() {
    // A container's name; where there is none, the machine's.
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
