package dev.keyway.conformance.doors;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.WireMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A way to an upstream that Keyway guards, as a client takes it. */
sealed interface Way {

  /** Sends a request for one product, with these field lines, and reads the answer. */
  WireMessage ask(String product, Question question);

  /** Whether what it lets pass reaches the upstream. */
  default boolean forwards() {
    return true;
  }

  /**
   * A request as a client means it.
   *
   * @param target below the product
   * @param fields header lines as sent
   */
  record Question(String method, String target, List<String> fields, String body) {
    static Question get(String target, String... fields) {
      return new Question("GET", target, List.of(fields), "");
    }

    private WireMessage send(URI address, String method, String to, List<String> more) {
      List<String> lines = new ArrayList<>();
      lines.add(method + " " + to + " HTTP/1.1");
      lines.add("Connection: close");
      lines.addAll(more);
      lines.addAll(fields);
      if (!body.isEmpty()) {
        lines.add("Content-Length: " + body.length());
      }
      try (RawConnection connection = RawConnection.to(address)) {
        connection.send(lines.toArray(String[]::new));
        if (!body.isEmpty()) {
          connection.write(body.getBytes(US_ASCII));
        }
        return method.equals("HEAD") ? connection.head() : connection.answer();
      }
    }
  }

  /** Keyway's own gateway. */
  record Gateway(URI address) implements Way {
    @Override
    public WireMessage ask(String product, Question question) {
      String to = "/" + product + question.target();
      return question.send(address, question.method(), to, List.of());
    }
  }

  /** Forward-auth without a proxy: the test asks as one would. */
  record ForwardAuth(URI control) implements Way {
    @Override
    public WireMessage ask(String product, Question question) {
      var bodiless = new Question(question.method(), question.target(), question.fields(), "");
      return bodiless.send(
          control,
          "GET",
          "/authz/" + product,
          List.of(
              "X-Forwarded-Method: " + question.method(), "X-Forwarded-Uri: " + question.target()));
    }

    @Override
    public boolean forwards() {
      return false;
    }
  }

  /** A proxy for each product. */
  record Behind(Proxy.Kind kind, Proxy memo, Proxy lake) implements Way {
    @Override
    public WireMessage ask(String product, Question question) {
      Proxy proxy = product.equals("memo") ? memo : lake;
      return question.send(proxy.address(), question.method(), question.target(), List.of());
    }

    @Override
    public String toString() {
      return kind.toString();
    }
  }
}
