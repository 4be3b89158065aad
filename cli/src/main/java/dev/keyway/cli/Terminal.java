package dev.keyway.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command has around it: where it writes, what it reads, and whom it may ask.
 *
 * @param out what was asked for, and nothing else: it may be read by a program
 * @param err everything said to a person
 * @param in what is piped into the command
 * @param environment the variables, by name
 * @param person whoever sits in front of it, or null where nobody does
 */
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    InputStream in,
    Function<String, @Nullable String> environment,
    @Nullable Person person) {

  /** Somebody who can be asked. */
  public interface Person {
    /** A line, or null at the end of the input. */
    @Nullable String line(String prompt);

    /** The same without showing what is typed. */
    @Nullable String secret(String prompt);
  }

  /** A variable that is set to something. */
  public @Nullable String variable(String name) {
    String value = environment.apply(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Says a line to a person. */
  public void say(String line) {
    err.println(line);
    err.flush();
  }

  /** Answers a line that was asked for. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }
}
