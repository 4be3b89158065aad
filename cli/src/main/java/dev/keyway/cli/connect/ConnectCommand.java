package dev.keyway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.CliException;
import dev.keyway.cli.Consent;
import dev.keyway.cli.Destination;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.LoggedIn;
import dev.keyway.cli.ProfileOptions;
import dev.keyway.cli.ServerAddress;
import dev.keyway.cli.Terminal;
import dev.keyway.cli.credential.Credential;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway connect}: how another program is told of the key, and on request telling it. */
@Command(
    name = "connect",
    description = {
      "Show how an MCP client or another program uses the key; --write does it.",
      "",
      "Without a client, it lists those that are known. A file of another program is changed only",
      "after the change was shown and agreed to, and a copy is kept beside it."
    })
public final class ConnectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();

  @Parameters(paramLabel = "CLIENT", arity = "0..1", description = "Such as claude-code or cursor.")
  private @Nullable String client;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = {
        "env: the client reads the key from a variable.",
        "inline: the key stands in the client's file.",
        "url: the key is in the address. basic: key id and secret."
      })
  private @Nullable String form;

  @Option(names = "--name", paramLabel = "NAME", description = "What the client calls the server.")
  private @Nullable String name;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The address, where the product has several.")
  private @Nullable String url;

  @Option(names = "--write", description = "Change the client's file, after a look at the change.")
  private boolean isWriting;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before the file is written.")
  private boolean isSure;

  public ConnectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ClientsFile file = ClientsFile.shipped();
    if (client == null) {
      file.root()
          .path("clients")
          .forEach(known ->
              terminal.print(
                  "%-20s %s".formatted(known.path("key").asText(), known.path("label").asText())));
      return 0;
    }
    JsonNode chosen = find(file, client);
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      JsonNode product = loggedIn.product();
      Target target = target(product);
      var forms =
          new Renderer(file, OperatingSystem.here(), target)
              .forms(chosen, product.path("carriers"));
      JsonNode how = form(forms, chosen);
      // Only what is written with the key needs it; what is printed has a placeholder.
      boolean isWithKey = isWriting && !isKeyless(how);
      if (isWithKey && url != null) {
        Destination.require(ServerAddress.parse(url), loggedIn, terminal);
      }
      Target filled = isWithKey ? withKey(target, loggedIn) : target;
      var renderer = new Renderer(file, OperatingSystem.here(), filled);
      if (isWriting) {
        write(renderer.ways(chosen, how), filled.key());
        renderer.variable(chosen, how).stream().limit(1).forEach(this::print);
      } else {
        print(renderer, chosen, how);
      }
      return 0;
    }
  }

  private static JsonNode find(ClientsFile file, String name) {
    return file.find(name)
        .orElseThrow(() ->
            new CliException(
                ExitCode.NOT_FOUND,
                file.impossible(name)
                    .orElseGet(() ->
                        "'%s' is not known%s; keyway connect lists what is"
                            .formatted(
                                name,
                                file.nearest(name)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse("")))));
  }

  private Target target(JsonNode product) {
    Target found = Target.of(product);
    if (found == null) {
      throw new CliException(
          ExitCode.NOT_FOUND, "the product has no address to connect to; add --url");
    }
    Target named = name == null ? found : found.named(name);
    return url == null ? named : named.at(url);
  }

  private JsonNode form(List<JsonNode> forms, JsonNode chosen) {
    String known =
        forms.stream().map(one -> one.path("form").asText()).collect(Collectors.joining(", "));
    if (forms.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          chosen.path("label").asText() + " cannot send a key where the product accepts one");
    }
    if (form == null) {
      return forms.getFirst();
    }
    return forms.stream()
        .filter(one -> form.equals(one.path("form").asText()))
        .findFirst()
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE, "there is no form '%s' here; there is %s".formatted(form, known)));
  }

  private static boolean isKeyless(JsonNode how) {
    String keeps = how.path("keeps").asText();
    return keeps.equals("variable") || keeps.equals("prompt");
  }

  private static Target withKey(Target target, LoggedIn loggedIn) {
    String key = loggedIn.credential().reveal();
    return target.withKey(key, Credential.idIn(key));
  }

  private void print(Renderer renderer, JsonNode chosen, JsonNode how) {
    renderer.variable(chosen, how).stream().limit(1).forEach(this::print);
    renderer.ways(chosen, how).forEach(this::print);
    renderer.verify(chosen, how).forEach(this::print);
    chosen.path("notes").forEach(note -> terminal.say("Note: " + note.asText()));
  }

  private void print(Step step) {
    terminal.say(step.title() + (step.path() == null ? ":" : " (" + step.path() + "):"));
    if (step.text() != null) {
      terminal.print(step.text());
    }
    terminal.say("");
  }

  private void write(List<Step> ways, @Nullable String key) {
    Step step =
        ways.stream()
            .filter(one -> one.path() != null)
            .findFirst()
            .orElseThrow(() ->
                new CliException(
                    ExitCode.FAILURE,
                    "there is no file to write in this form; without --write it is shown what to do"));
    Path home = Path.of(System.getProperty("user.home"));
    Path path = HomePath.of(String.valueOf(step.path()), terminal.environment(), home);
    FileChange change = FileChange.of(step, path);
    if (change.isNothing()) {
      terminal.say(path + " is as it should be");
      return;
    }
    // A screen is seen by others; the file gets the key itself.
    change.diff().stream().map(FileChange::masked).forEach(terminal::say);
    if (!isSure) {
      Consent.ask(terminal, "Write " + path + "?");
    }
    Path copy = key == null ? change.write() : change.writeForOwner();
    terminal.say(
        "Wrote " + path + (copy == null ? "" : "; what was there is in " + copy.getFileName()));
  }
}
