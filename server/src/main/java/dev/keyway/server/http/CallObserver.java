package dev.keyway.server.http;

/** Something that is told of each answer of the control listener, such as metrics. */
@FunctionalInterface
public interface CallObserver {

  void answered(String operationId, int status);
}
