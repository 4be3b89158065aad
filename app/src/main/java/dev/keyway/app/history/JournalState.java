package dev.keyway.app.history;

/**
 * A journal, for people.
 *
 * @param isWritten whether the last attempt to write it, or to read what is to be written, worked
 * @param replayed how many things were taken again since this process began
 */
public record JournalState(boolean isWritten, long replayed) {}
