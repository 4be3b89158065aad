package dev.keyway.bench;

import dev.keyway.bench.start.StartBench;
import dev.keyway.bench.verify.VerifyBench;
import dev.keyway.bench.verify.VerifyOptions;
import java.util.List;
import java.util.Locale;

/** {@code ./keyway bench [NAME] [OPTION...]}: runs a benchmark by its name. */
public final class Main {
  private static final String USAGE =
      """
      usage: ./keyway bench [verify|start] [OPTION...]

      verify   CPU per request of the gateway, refusing and accepting, beside a bare
               Vert.x handler that answers the same bytes and nginx proxy_pass
      start    from the start of the program to the first verified request, with and
               without the cache that a build trains; option: --rounds N (7)

      """;

  private Main() {}

  /** Exits with 0 when measured, 1 when a goal was missed, 2 when nothing could be measured. */
  public static void main(String[] arguments) {
    // Figures read the same everywhere.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    boolean named = !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
    String name = named ? arguments.getFirst() : "verify";
    List<String> options = named ? arguments.subList(1, arguments.size()) : arguments;
    if (options.contains("-h") || options.contains("--help")) {
      System.out.print(USAGE + VerifyOptions.HELP);
      return 0;
    }
    try {
      var progress = new Progress(System.err);
      boolean reached =
          switch (name) {
            case "verify" -> VerifyBench.run(VerifyOptions.parse(options), progress);
            case "start" -> StartBench.run(options, progress);
            default ->
                throw new BenchException("no benchmark '" + name + "'; there are: verify, start");
          };
      return reached ? 0 : 1;
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      return 2;
    }
  }
}
