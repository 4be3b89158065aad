package dev.keyway.server.http;

/**
 * Answers one operation: plain blocking Java, on a virtual thread of the request's own.
 *
 * <p>A refusal is thrown as {@link dev.keyway.core.RefusedException}; whatever else is thrown is a
 * bug and becomes 500.
 */
@FunctionalInterface
public interface Handler {

  Response handle(Request request);
}
