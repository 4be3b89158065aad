package dev.keyway.demo.ownership;

/** Who a resource belongs to: one account, or a workspace and with it all its members. */
public sealed interface Owner {

  /** An account of the resource's product, {@code acc_…}. */
  record Account(String id) implements Owner {}

  /** A workspace of the resource's product, {@code ws_…}. */
  record Workspace(String id) implements Owner {}
}
