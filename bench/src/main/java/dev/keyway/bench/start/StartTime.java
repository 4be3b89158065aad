package dev.keyway.bench.start;

/**
 * What one start took.
 *
 * @param wall seconds from the start of the process to the first 200
 * @param cpu seconds of user and system time of the process until then
 * @param others cores that other processes used meanwhile
 */
record StartTime(double wall, double cpu, double others) {}
