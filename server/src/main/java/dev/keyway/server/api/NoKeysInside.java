package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.KeyLikeText;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.product.Products;
import dev.keyway.server.http.Json;
import dev.keyway.server.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls that have a whole key where no key belongs: in their path, their query, their
 * {@code Idempotency-Key} or a field of their body (ALL-1).
 *
 * <p>What callers send is kept in names, reasons and the trail and repeated in refusals, so one
 * check before all of it leaves no place to forget.
 */
final class NoKeysInside {
  private static final Pattern FIELD = Pattern.compile("[a-z_]{1,40}");
  private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9A-Fa-f])");

  private final KeyLikeText keys;

  NoKeysInside(Products products) {
    List<String> prefixes = new ArrayList<>(products.format().prefixes());
    prefixes.add(OperatorKey.KEY_PREFIX);
    this.keys = new KeyLikeText(prefixes);
  }

  /**
   * Refuses the request if it holds a key.
   *
   * @param secretField the one field of the body that may hold it; null for none
   */
  void require(Request request, @Nullable String secretField) {
    refuseIf(isIn(decoded(request.path())), "The path");
    refuseIf(isIn(decoded(request.rawQuery())), "The query");
    refuseIf(request.headers(Idempotency.HEADER).stream().anyMatch(this::isIn), Idempotency.HEADER);
    for (Json.Text text : Json.texts(request.body())) {
      if (!text.field().equals(secretField)) {
        refuseIf(isIn(text.value()), shown(text.field()));
      }
    }
  }

  private boolean isIn(String text) {
    return keys.isIn(text);
  }

  private static void refuseIf(boolean isThere, String where) {
    if (isThere) {
      String detail = where + " holds what looks like a key; never send a key here.";
      throw where.equals("'name'") ? Invalid.name(detail) : Invalid.request(detail);
    }
  }

  /** The field as it may be repeated: what a caller calls one can be anything. */
  private static String shown(String field) {
    return FIELD.matcher(field).matches() ? "'" + field + "'" : "The body";
  }

  /** The text with its ASCII escapes read; a key has no other characters. */
  private static String decoded(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(escape ->
            Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
  }
}
