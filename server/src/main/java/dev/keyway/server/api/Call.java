package dev.keyway.server.api;

import dev.keyway.core.Cursor;
import dev.keyway.core.Order;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.Account;
import dev.keyway.server.http.Query;
import dev.keyway.server.http.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to the management API whose caller is known.
 *
 * @param session the caller's, when they came by cookie
 */
record Call(Request request, Caller caller, @Nullable Session session) {
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,3}");
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[^\"]*\"");
  private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

  String parameter(String name) {
    return request.parameter(name);
  }

  <T> T body(Class<T> type) {
    return request.json(type);
  }

  /** Refuses a body that has any field. */
  void requireNoFields() {
    var _ = body(NoFields.class);
  }

  /** The person of an operation that takes sessions only. */
  SignedInPerson person() {
    if (session == null || !(caller.principal() instanceof Principal.Person person)) {
      throw new IllegalStateException("not an operation for sessions only");
    }
    return new SignedInPerson(person.account(), session);
  }

  /** The parameters of a list: these, {@code limit} and {@code cursor}. */
  static Set<String> listParameters(String... names) {
    Set<String> allowed = new HashSet<>(Set.of(names));
    allowed.add("limit");
    allowed.add("cursor");
    return Set.copyOf(allowed);
  }

  /** The query, of which only an operation's parameters may occur. */
  Query query(Operation operation) {
    return request.query(operation.parameters());
  }

  static PageRequest page(Query query) {
    return page(query, Order.NEWEST_FIRST);
  }

  /** The page asked for of a list in this order. */
  static PageRequest page(Query query, Order order) {
    String limit = query.one("limit");
    String cursor = query.one("cursor");
    return new PageRequest(
        limit == null ? PageRequest.DEFAULT_LIMIT : number(limit),
        cursor == null ? null : Cursor.decode(cursor, order));
  }

  /**
   * What {@code If-Match} asks for (RFC 9110, 13.1.1): one of a list of tags, or {@code *} for any.
   */
  Precondition precondition() {
    List<String> values = request.headers("If-Match");
    if (values.isEmpty() || (values.size() == 1 && values.getFirst().strip().equals("*"))) {
      return Precondition.NONE;
    }
    Set<Long> versions = new HashSet<>();
    // A weak tag, and one that this server never gave, match nothing.
    Matcher tag = ETAG.matcher(String.join(",", values));
    while (tag.find()) {
      Matcher version = VERSION.matcher(tag.group());
      if (version.matches()) {
        versions.add(Long.parseLong(version.group(1)));
      }
    }
    return new Precondition(versions);
  }

  private static int number(String text) {
    if (!LIMIT.matcher(text).matches()) {
      throw Invalid.request("'limit' must be a number from 1 to " + PageRequest.MAX_LIMIT + ".");
    }
    return Integer.parseInt(text);
  }

  /** Who calls by a session, and which. */
  record SignedInPerson(Account account, Session session) {}

  private record NoFields() {}
}
