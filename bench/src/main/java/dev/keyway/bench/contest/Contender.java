package dev.keyway.bench.contest;

/**
 * Who is measured.
 *
 * @param does what it does with a request, for the report
 * @param status of every answer
 */
public record Contender(String name, String does, int status) {
  boolean refuses() {
    return status >= 400;
  }
}
