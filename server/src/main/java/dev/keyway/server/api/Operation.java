package dev.keyway.server.api;

/** One operation of the management API, called by somebody known. */
@FunctionalInterface
interface Operation {

  Answer answer(Call call);
}
