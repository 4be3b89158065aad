package dev.keyway.app.command;

/** What stands behind {@code serve} and {@code demo}: the parts, wired and running. */
public interface Program {

  /**
   * Runs the server until it is told to stop.
   *
   * @return the exit code
   * @throws CommandFailedException for what the user can mend
   */
  int serve(Start start);

  /**
   * Runs the server with sample upstreams and accounts until it is told to stop.
   *
   * @return the exit code
   * @throws CommandFailedException for what the user can mend
   */
  int demo(Start start);
}
