package dev.keyway.store.postgres;

import dev.keyway.core.UnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What the database's failures mean, by SQLSTATE (PostgreSQL's documentation, appendix A). */
final class Failures {
  private static final String UNIQUE_VIOLATION = "23505";

  /** Serialization failure and deadlock: the transaction was undone because of another one. */
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

  /**
   * Connection, state of the transaction, login, database, resources, operator's intervention,
   * system, lock not available: their messages are about the server and never about values.
   */
  private static final Set<String> ABOUT_THE_SERVER =
      Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");

  /** Classes that a commit fails with only before it is one: broken rules, states, lost races. */
  private static final Set<String> BEFORE_A_COMMIT = Set.of("23", "25");

  private Failures() {}

  /**
   * Whether the work is to be run again: another transaction won. A row that another has just added
   * is a race too; when it was there before, the next attempt meets it again.
   */
  static boolean isLostRace(Throwable failure) {
    String state = state(failure);
    return LOST_RACES.contains(state) || UNIQUE_VIOLATION.equals(state);
  }

  /**
   * Whether a commit that failed so has certainly not happened. Anything else, above all a
   * connection that broke or a server that was stopped, leaves it open.
   */
  static boolean isUndone(SQLException commit) {
    String state = state(commit);
    return LOST_RACES.contains(state) || BEFORE_A_COMMIT.contains(kind(state));
  }

  /**
   * The failure to show. JDBI's messages hold the statement's values, and the server's may quote
   * them; both can be secret. Only what the server says of itself is kept.
   */
  static UnavailableException unavailable(Throwable failure) {
    String state = state(failure);
    String why = state.isEmpty() ? "" : " (" + state + ")";
    return new UnavailableException(
        "The database cannot answer now" + why + ".", harmless(failure, state));
  }

  /** The driver's own failure, or null when its message may quote a value. */
  static @Nullable Throwable harmless(Throwable failure) {
    return harmless(failure, state(failure));
  }

  private static @Nullable Throwable harmless(Throwable failure, String state) {
    if (!ABOUT_THE_SERVER.contains(kind(state))) {
      return null;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException driver) {
        return driver;
      }
    }
    return null;
  }

  /** The innermost SQLSTATE; empty when there is none. */
  static String state(Throwable failure) {
    String state = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return state;
  }

  private static String kind(String state) {
    return state.length() < 2 ? "" : state.substring(0, 2);
  }
}
