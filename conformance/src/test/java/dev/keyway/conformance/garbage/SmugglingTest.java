package dev.keyway.conformance.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.WireMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Request smuggling: whatever a client does to the frame of a request, the upstream sees one
 * request or none, and never the one that was hidden inside. The statuses are those of all answers
 * on the connection, where {@code 404} at the end is the answer to an honest last request: the
 * gateway still knew where that began.
 */
@DisplayName("Garbage: no request is smuggled")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmugglingTest {

  private static final String HIDDEN =
      "GET SNEAK HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\n\r\n";

  private static final String REFUSED = "400";
  private static final String PASSED = "200 404";
  private static final String REFUSED_AND_ON = "400 404";

  /** Vert.x answers for us here, without a body. */
  private static final String OTHER_VERSION = "501";

  private final Bench bench = Bench.shared();
  private final NewKey key = bench.key("echo");

  static Stream<Arguments> bodies() {
    String chunkedHidden = "0\r\n\r\n" + HIDDEN;
    return Stream.of(
        row(
            "length and chunked",
            "Content-Length: 5|Transfer-Encoding: chunked",
            chunkedHidden,
            REFUSED),
        row(
            "chunked and length",
            "Transfer-Encoding: chunked|Content-Length: 5",
            chunkedHidden,
            REFUSED),
        row("two lengths", "Content-Length: 0|Content-Length: 2", "ok", REFUSED),
        row("two lengths, one in the same line", "Content-Length: 0, 2", "ok", REFUSED),
        row("the same length twice", "Content-Length: 2|Content-Length: 2", "ok", REFUSED),
        row("the same length twice in a line", "Content-Length: 2, 2", "ok", REFUSED),
        row("length with a plus", "Content-Length: +2", "ok", REFUSED),
        row("negative length", "Content-Length: -2", "ok", REFUSED),
        row("hexadecimal length", "Content-Length: 0x2", "ok", REFUSED),
        row("length with a point", "Content-Length: 2.0", "ok", REFUSED),
        row("length with a blank inside", "Content-Length: 1 2", "ok", REFUSED),
        row("empty length", "Content-Length:", "", REFUSED),
        row("length beyond 64 bits", "Content-Length: 18446744073709551618", "ok", REFUSED),
        row("length in other digits", "Content-Length: \u00b2", "ok", REFUSED),
        row("blank before the colon", "Content-Length : 2", "ok", REFUSED),
        row("tab before the colon", "Transfer-Encoding\t: chunked", chunkedHidden, REFUSED),
        row("coding after a tab", "Transfer-Encoding:\tchunked", "0\r\n\r\n", PASSED),
        row("coding with blanks", "Transfer-Encoding:  chunked ", "0\r\n\r\n", PASSED),
        row(
            "coding after a vertical tab",
            "Transfer-Encoding: \u000bchunked",
            chunkedHidden,
            REFUSED),
        row("coding before a form feed", "Transfer-Encoding: chunked\f", chunkedHidden, REFUSED),
        row("coding in capitals", "TRANSFER-ENCODING: CHUNKED", "0\r\n\r\n", PASSED),
        row("unknown coding", "Transfer-Encoding: xchunked", HIDDEN, REFUSED),
        row("coding in quotes", "Transfer-Encoding: \"chunked\"", HIDDEN, REFUSED),
        row("identity", "Transfer-Encoding: identity", HIDDEN, REFUSED),
        row(
            "chunked before identity",
            "Transfer-Encoding: chunked, identity",
            chunkedHidden,
            REFUSED),
        row(
            "identity before chunked",
            "Transfer-Encoding: identity, chunked",
            chunkedHidden,
            REFUSED),
        row("gzip before chunked", "Transfer-Encoding: gzip, chunked", chunkedHidden, REFUSED),
        row(
            "chunked twice",
            "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
            chunkedHidden,
            REFUSED),
        row(
            "chunked, then another",
            "Transfer-Encoding: chunked|Transfer-Encoding: x",
            chunkedHidden,
            REFUSED),
        row(
            "another, then chunked",
            "Transfer-Encoding: x|Transfer-Encoding: chunked",
            chunkedHidden,
            REFUSED),
        row("empty coding", "Transfer-Encoding:", HIDDEN, REFUSED),
        row("comma alone", "Transfer-Encoding: ,chunked", chunkedHidden, REFUSED),
        row("coding with a parameter", "Transfer-Encoding: chunked;q=1", chunkedHidden, REFUSED),
        row(
            "coding under another name",
            "Transfer_Encoding: chunked|Content-Length: 2",
            "ok",
            PASSED),
        row("folded coding", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n", "400|200 404"),
        row("folded into another field", "X-A: b\r\n Transfer-Encoding: chunked", "", PASSED),
        row(
            "bare LF between fields",
            "X-A: b\nTransfer-Encoding: chunked",
            chunkedHidden,
            "400|200 404"),
        row("bare CR between fields", "X-A: b\rTransfer-Encoding: chunked", chunkedHidden, REFUSED),
        row("NUL in a value", "X-A: b\0c", "", REFUSED),
        row("NUL in a name", "X\0A: b", "", REFUSED),
        row("control byte before a name", "\u0001Content-Length: 2", "ok", REFUSED),
        row("control byte in a value", "X-A: b\u0008c", "", REFUSED),
        row("field without a colon", "Content-Length 2", "", REFUSED),
        row("field without a name", ": chunked", "", REFUSED),
        row("name in other letters", "Transf\u00e9r-Encoding: chunked", "", REFUSED),
        row(
            "chunk extension",
            "Transfer-Encoding: chunked",
            "2;a=\"b;c\"\r\nok\r\n0\r\n\r\n",
            PASSED),
        row(
            "chunk extension with LF",
            "Transfer-Encoding: chunked",
            "2;a\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400"),
        row(
            "chunk size with 0x",
            "Transfer-Encoding: chunked",
            "0x2\r\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400"),
        row(
            "negative chunk size",
            "Transfer-Encoding: chunked",
            "-2\r\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400"),
        row(
            "chunk size with a plus",
            "Transfer-Encoding: chunked",
            "+2\r\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400"),
        row(
            "empty chunk size",
            "Transfer-Encoding: chunked",
            "\r\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400"),
        row(
            "chunk size that overflows",
            "Transfer-Encoding: chunked",
            "100000002\r\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400|504"),
        row(
            "chunk size beyond 64 bits",
            "Transfer-Encoding: chunked",
            "10000000000000002\r\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400"),
        row(
            "chunk longer than its size",
            "Transfer-Encoding: chunked",
            "1\r\nok\r\n0\r\n\r\n" + HIDDEN,
            "|400"),
        row(
            "trailers",
            "Transfer-Encoding: chunked",
            "2\r\nok\r\n0\r\nAuthorization: x\r\nKeyway-Key-Id: forged\r\nContent-Length: 9\r\n\r\n",
            PASSED),
        row(
            "pipelined inside a body",
            "Content-Length: 2",
            "ok" + HIDDEN.replace("KEY", "x"),
            "200 401 404"),
        row(
            "upgrade to HTTP/2",
            "Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAMAAABkAAQAAP__",
            "",
            PASSED),
        row("unknown expectation", "Expect: 200-maybe|Content-Length: 2", "ok", "200 404|400|417"),
        row(
            "100-continue and a body at once",
            "Expect: 100-continue|Content-Length: 2",
            "ok",
            PASSED),
        row(
            "100-continue and a hidden request",
            "Expect: 100-continue|Content-Length: 0",
            "",
            PASSED),
        row("two hosts", "Host: other.example", "", REFUSED));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("bodies")
  void frame_ofARequestWithAKey(String name, String fields, String body, String statuses) {
    Sneak sneak = Sneak.atGateway(bench, key);
    String head = "POST PATH HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\n";
    List<WireMessage> answers = sneak.say(head + fields.replace("|", "\r\n") + "\r\n\r\n" + body);
    check(name, sneak, answers, statuses);
    if (sneak.arrivals() > 0) {
      assertThat(sneak.arrived().toString()).as(name).doesNotContain("forged", "Trailer");
    }
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("bodies")
  void frame_atTheControlListener(String name, String fields, String body, String statuses) {
    // The hidden request asks for what its key may not have; only an answer of its own shows it.
    Sneak sneak = Sneak.atControl(bench, key);
    String head = "POST /v1/keys/verify HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\n";
    String said =
        (head + fields.replace("|", "\r\n") + "\r\n\r\n" + body).replace("SNEAK", "/v1/me");
    List<WireMessage> answers = sneak.say(said);
    assertThat(answers).as(name).hasSizeLessThanOrEqualTo(name.startsWith("pipelined") ? 3 : 2);
    assertThat(answers).as(name).allMatch(answer -> answer.status() / 100 == 4);
    if (statuses.equals(REFUSED)) {
      assertThat(statusesOf(answers)).as(name).isEqualTo(REFUSED);
      Refused.as(400, "invalid_request", answers.getFirst(), name);
    }
  }

  static Stream<Arguments> heads() {
    String auth = "\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\n";
    return Stream.of(
        Arguments.of(
            "HTTP/1.0 with a coding",
            "POST PATH HTTP/1.0" + auth + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
            "400|200"),
        Arguments.of(
            "HTTP/1.0 with coding and length",
            "POST PATH HTTP/1.0"
                + auth
                + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
                + HIDDEN,
            REFUSED),
        Arguments.of(
            "HTTP/1.0 that goes on",
            "GET PATH HTTP/1.0" + auth + "Connection: keep-alive\r\n\r\n",
            PASSED),
        Arguments.of(
            "HTTP/1.1 without a host",
            "GET PATH HTTP/1.1\r\nAuthorization: Bearer KEY\r\n\r\n",
            REFUSED),
        Arguments.of("HTTP/0.9", "GET PATH\r\n\r\n", REFUSED),
        Arguments.of("HTTP/1.2", "GET PATH HTTP/1.2" + auth + "\r\n", OTHER_VERSION),
        Arguments.of("HTTP/2.0", "GET PATH HTTP/2.0" + auth + "\r\n", OTHER_VERSION),
        Arguments.of("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", OTHER_VERSION),
        Arguments.of("a version that is none", "GET PATH HTTP/x.1" + auth + "\r\n", REFUSED),
        Arguments.of("a blank in the target", "GET PATH /x HTTP/1.1" + auth + "\r\n", REFUSED),
        Arguments.of("a tab in the target", "GET PATH\t HTTP/1.1" + auth + "\r\n", "400|200 404"),
        Arguments.of("CR in the target", "GET PATH\rX: y HTTP/1.1" + auth + "\r\n", REFUSED),
        Arguments.of("NUL in the target", "GET PATH\0 HTTP/1.1" + auth + "\r\n", REFUSED_AND_ON),
        Arguments.of(
            "another byte in the target",
            "GET PATH\u00ff HTTP/1.1" + auth + "\r\n",
            REFUSED_AND_ON),
        Arguments.of("a fragment", "GET PATH#x HTTP/1.1" + auth + "\r\n", REFUSED_AND_ON),
        Arguments.of("absolute form", "GET http://HOSTPATH HTTP/1.1" + auth + "\r\n", "400 404"),
        Arguments.of(
            "absolute form, another host",
            "GET http://other.examplePATH HTTP/1.1" + auth + "\r\n",
            "400 404"),
        Arguments.of(
            "authority form", "CONNECT HOST HTTP/1.1" + auth + "\r\n", "400 404|400|405 404"),
        Arguments.of("asterisk", "OPTIONS * HTTP/1.1" + auth + "\r\n", "400 404"),
        Arguments.of("an empty target", "GET  HTTP/1.1" + auth + "\r\n", REFUSED),
        Arguments.of(
            "a method with a control byte", "GE\u0001T PATH HTTP/1.1" + auth + "\r\n", REFUSED),
        Arguments.of(
            "control bytes before the method",
            "\u0001\u0002GET PATH HTTP/1.1" + auth + "\r\n",
            "400|200 404"),
        Arguments.of(
            "blank lines before the method", "\r\n\r\nGET PATH HTTP/1.1" + auth + "\r\n", PASSED),
        Arguments.of(
            "a blank before the first field",
            "GET PATH HTTP/1.1\r\n X: y" + auth + "\r\n",
            REFUSED),
        Arguments.of("TRACE", "TRACE PATH HTTP/1.1" + auth + "\r\n", "405 404"),
        Arguments.of(
            "a long target", "GET PATH" + "x".repeat(9_000) + " HTTP/1.1" + auth + "\r\n", "413"),
        Arguments.of(
            "long fields",
            "GET PATH HTTP/1.1" + auth + "X: " + "x".repeat(17_000) + "\r\n\r\n",
            "413"),
        Arguments.of(
            "many fields", "GET PATH HTTP/1.1" + auth + "X: y\r\n".repeat(6_000) + "\r\n", "413"),
        Arguments.of(
            "a request after a refused one",
            "GET /echo/none HTTP/1.1\r\nHost: HOST\r\n\r\nGET PATH HTTP/1.1" + auth + "\r\n",
            "404 200 404"),
        Arguments.of(
            "a request after a broken one",
            "GET /echo/x HTTP/1.1\r\nHost: HOST\r\nbroken\r\n\r\n" + HIDDEN,
            REFUSED),
        Arguments.of(
            "a refused upload and what follows",
            "POST PATH HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2\r\n\r\nok"
                + HIDDEN.replace("KEY", "x"),
            "401 401 404"),
        Arguments.of(
            "a refused expectation and what follows",
            "POST PATH HTTP/1.1\r\nHost: HOST\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok"
                + HIDDEN,
            "401"));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("heads")
  void head_ofARequest(String name, String text, String statuses) {
    Sneak sneak = Sneak.atGateway(bench, key);
    check(name, sneak, sneak.say(text), statuses);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("heads")
  void head_atTheControlListener(String name, String text, String statuses) {
    Sneak sneak = Sneak.atControl(bench, key);
    List<WireMessage> answers = sneak.say(text);
    if (!statuses.equals(OTHER_VERSION)) {
      answers.forEach(answer -> Refused.problem(answer, name));
    }
    if (List.of(REFUSED, OTHER_VERSION, "413").contains(statuses)) {
      assertThat(statusesOf(answers)).as(name).isEqualTo(statuses);
    }
  }

  /** The upstream saw at most the honest request, and that only where it was answered. */
  private static void check(String name, Sneak sneak, List<WireMessage> answers, String statuses) {
    assertThat(statusesOf(answers)).as(name).isIn(List.of(statuses.split("\\|", -1)));
    assertThat(sneak.sneakedIn()).as("%s: hidden requests that arrived", name).isZero();
    assertThat(sneak.arrivals()).as("%s: requests that arrived", name).isLessThanOrEqualTo(1);
    for (WireMessage answer : answers) {
      if (answer.status() != 200 && !statuses.equals(OTHER_VERSION)) {
        Refused.problem(answer, name);
      }
    }
  }

  private static String statusesOf(List<WireMessage> answers) {
    return String.join(
        " ", answers.stream().map(answer -> String.valueOf(answer.status())).toList());
  }

  private static Arguments row(String name, String fields, String body, String statuses) {
    return Arguments.of(name, fields, body, statuses);
  }
}
