package dev.keyway.app.command;

import java.io.PrintWriter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command has around it.
 *
 * @param out what was asked for
 * @param err what went wrong, and warnings
 * @param environment the variables, by name
 */
public record Surroundings(
    PrintWriter out, PrintWriter err, Function<String, @Nullable String> environment) {}
