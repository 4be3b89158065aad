package dev.keyway.core.limit;

/** What a node knows of the nodes that there are, and of its place among them. */
public sealed interface Membership {

  /**
   * It is one of them, as was said a moment ago.
   *
   * @param name another one each time that it joins
   * @param nodes how many there are, this one included
   */
  record Among(String name, int nodes) implements Membership {}

  /** Nobody has said anything of late. It may still be one of them, and others may have come. */
  record Unheard() implements Membership {}

  /** It is none of them, so nobody reckons with what it does. */
  record Outside() implements Membership {}
}
