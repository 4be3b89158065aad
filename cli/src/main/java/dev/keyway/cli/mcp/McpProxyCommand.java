package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.CliException;
import dev.keyway.cli.Destination;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.LoggedIn;
import dev.keyway.cli.ProfileOptions;
import dev.keyway.cli.ServerAddress;
import dev.keyway.cli.Terminal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyway mcp proxy}: a stdio MCP server that is a remote one, called with the key. */
@Command(
    name = "proxy",
    description = {
      "Be an MCP server for a client that starts one, and pass everything on to the product's.",
      "",
      "The key comes from the keychain or from KEYWAY_API_KEY; the client never sees it."
    })
public final class McpProxyCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The MCP server (default: that of the key's product).")
  private @Nullable String url;

  public McpProxyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      // Not before the client asks: it hears what is wrong from an answer, and not from an end.
      new Bridge(terminal, new Once(() -> server(loggedIn)), PATIENCE).run();
      return 0;
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, "the client cannot be read: " + e.getMessage(), e);
    }
  }

  private McpServer server(LoggedIn loggedIn) {
    URI address = url == null ? productServer(loggedIn) : ServerAddress.parse(url);
    ServerAddress.check(address, loggedIn.profile().allowsHttp());
    if (url != null) {
      Destination.require(address, loggedIn, terminal);
    }
    return new McpServer(loggedIn.wire(), address, loggedIn.credential());
  }

  /** Found once; asked for again after a failure. */
  private static final class Once implements Supplier<McpServer> {
    private final Supplier<McpServer> search;
    private @Nullable McpServer found;

    Once(Supplier<McpServer> search) {
      this.search = search;
    }

    @Override
    public synchronized McpServer get() {
      McpServer known = found == null ? search.get() : found;
      found = known;
      return known;
    }
  }

  private static URI productServer(LoggedIn loggedIn) {
    for (JsonNode route : loggedIn.product().path("routes")) {
      boolean isWhole =
          route.path("scope_segment").isNull() || route.path("scope_segment").isMissingNode();
      if (route.path("kind").asText().equals("mcp") && isWhole) {
        return URI.create(route.path("url").asText());
      }
    }
    throw new CliException(
        ExitCode.NOT_FOUND, "the product has no MCP server; --url names another");
  }
}
