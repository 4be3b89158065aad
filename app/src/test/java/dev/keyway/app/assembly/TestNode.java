package dev.keyway.app.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyway.app.assembly.FaultyTransactions.Fault;
import dev.keyway.app.config.Config;
import dev.keyway.app.profile.Profiles;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.CreateAccount;
import dev.keyway.server.http.ControlMetrics;
import dev.keyway.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole node in this JVM, over a database that can be made to fail, and a client of it. */
final class TestNode implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SecureRandom random = new SecureRandom();
  private final HttpClient http = HttpClient.newHttpClient();
  private final SqliteDatabase database;
  private final FaultyTransactions faults;
  private final Assembly node;
  private final Operations operations;
  private final String operatorKey;

  TestNode(Path folder, InstantSource clock) {
    database = SqliteDatabase.open(folder);
    faults = new FaultyTransactions(database);
    var store = StoreAssembly.over(database, faults, 1_000, random, clock.instant());
    Config config = Config.defaults().withPorts(0, 0, 0);
    node =
        new Assembly(
            config,
            Profiles.shipped().products(),
            store,
            new Certificates(null, null, null),
            new ControlMetrics(),
            random,
            clock);
    operations = node.operations();
    operatorKey =
        operations
            .createOperatorKey(
                new CreateOperatorKey.Command("test", EnumSet.allOf(Right.class), Set.of()))
            .secret()
            .reveal();
    node.start();
  }

  /** What came back: a status and a body that is JSON or missing. */
  record Reply(int status, JsonNode body, Map<String, List<String>> headers) {
    String text(String pointer) {
      return body.at(pointer).asText();
    }
  }

  void failAt(int call, Fault how) {
    faults.failAt(call, how);
  }

  boolean stopFailing() {
    return faults.stop();
  }

  /** An account of the product, which cannot sign in. */
  Account account(String product, String email) {
    return operations.createAccount(new CreateAccount.Command(product, email, "Test", null));
  }

  /** An account of the product that can sign in with {@link #PASSWORD}. */
  Account person(String product, String email) {
    Account account = account(product, email);
    operations.setPassword(account, PASSWORD);
    return account;
  }

  /** A call of the management API by the operator. */
  Reply call(String method, String path, @Nullable String json, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + operatorKey;
    return send(node.controlUrl() + path, method, json, all);
  }

  /** A call of the management API by whoever the headers say. */
  Reply callAs(String method, String path, @Nullable String json, String... headers) {
    return send(node.controlUrl() + path, method, json, headers);
  }

  /** A request at the gateway. */
  Reply knock(String path, String key) {
    return send(node.gatewayUrl() + path, "GET", null, "Authorization", "Bearer " + key);
  }

  private Reply send(String url, String method, @Nullable String json, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    var body =
        json == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(json);
    try {
      HttpResponse<String> answer =
          http.send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
      String text = answer.body();
      return new Reply(
          answer.statusCode(),
          text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode(),
          answer.headers().map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Every row there is, apart from what says how calls ended and what the node writes down by
   * itself, some time after the call it stems from: uses, refusals and what was admitted.
   */
  List<String> content() {
    return database.read(handle -> {
      List<String> tables =
          handle
              .createQuery(
                  """
                  SELECT name FROM sqlite_master
                   WHERE type = 'table'
                     AND name NOT IN ('idempotency', 'key_usage', 'key_requests',
                                      'key_refusals', 'key_client', 'refusal_count',
                                      'limit_run', 'limit_gap', 'limit_window',
                                      'limit_quota')
                   ORDER BY name
                  """)
              .mapTo(String.class)
              .list();
      return tables.stream()
          .flatMap(table ->
              handle.createQuery("SELECT * FROM " + table).mapToMap().list().stream()
                  .map(row -> table + readable(row)))
          .sorted()
          .toList();
    });
  }

  private static Map<String, Object> readable(Map<String, Object> row) {
    row.replaceAll(
        (_, value) -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    return row;
  }

  @Override
  public void close() {
    http.close();
    node.close();
  }
}
