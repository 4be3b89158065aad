package dev.keyway.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class LogFormatTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

  private static List<String> logged(Consumer<LoggerContext> events) throws Exception {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    var context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try {
      var configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(
          Objects.requireNonNull(Main.class.getResource("/logback.xml"), "logback.xml"));
      events.accept(context);
    } finally {
      context.stop();
      System.setErr(before);
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !isOfJazzer(line))
        .toList();
  }

  /** Its agent, which the fuzz tests start in this JVM, tells of every class that is loaded. */
  private static boolean isOfJazzer(String line) {
    return line.startsWith("INFO: Instrumented ");
  }

  @Test
  void start_isQuiet() throws Exception {
    assertThat(logged(_ -> {})).isEmpty();
  }

  @Test
  void event_isOneLine_alsoWithLineBreaksAndException() throws Exception {
    var failure = new IllegalStateException("a\nb");
    List<String> lines =
        logged(log -> log.getLogger("dev.keyway.app.Door").warn("one\r\n2026 two", failure));
    assertThat(lines)
        .singleElement()
        .asString()
        .matches(TIME + "WARN {2}Door one \\| 2026 two.*IllegalStateException: a \\| b \\| at .*");
  }

  @Test
  void levels_areInfoForTheHouseAndWarnForOthers() throws Exception {
    List<String> lines =
        logged(log -> {
          log.getLogger("dev.keyway.server").info("ours");
          log.getLogger("dev.keyway.server").debug("ours, too much");
          log.getLogger("io.example").info("theirs");
          log.getLogger("io.example").warn("theirs, but grave");
        });
    assertThat(lines)
        .satisfiesExactly(
            line -> assertThat(line).matches(TIME + "INFO {2}server ours"),
            line -> assertThat(line).matches(TIME + "WARN {2}example theirs, but grave"));
  }

  @Test
  void event_withControlsPairsAndAKey_staysOneHonestLine() throws Exception {
    String key = "mk_live_" + "a".repeat(12) + "S".repeat(43) + "123456";
    List<String> lines =
        logged(log ->
            log.getLogger("dev.keyway.server")
                .atWarn()
                .addKeyValue("request_id", "req_1\u2028forged")
                .log("got " + key + " \u001b[31mred\u0085next"));
    assertThat(lines)
        .singleElement()
        .asString()
        .endsWith(
            "WARN  server got mk_live_aaaaaaaaaaaa… ?[31mred | next request_id=req_1 | forged");
  }
}
