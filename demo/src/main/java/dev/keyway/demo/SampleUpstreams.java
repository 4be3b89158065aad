package dev.keyway.demo;

import dev.keyway.demo.datapack.DatapackTools;
import dev.keyway.demo.echo.EchoHandler;
import dev.keyway.demo.machine.MachineHandler;
import dev.keyway.demo.machine.MachinePark;
import dev.keyway.demo.mcp.McpSample;
import dev.keyway.demo.memory.MemoryTools;
import dev.keyway.demo.memory.ProjectCheck;
import dev.keyway.demo.memory.ProjectMemories;
import dev.keyway.demo.modern.ModernHandler;
import dev.keyway.demo.ownership.ResourceDirectory;
import dev.keyway.demo.transcription.TranscriptionHandler;
import dev.keyway.demo.transcription.TranscriptionLibrary;
import dev.keyway.demo.transcription.TranscriptionTools;
import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.GateHandler;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;

/**
 * The running sample upstreams: the four products' back ends, an echo and a stateless MCP server,
 * all on one loopback port under a path of their own.
 *
 * <p>They stand behind the gateway and decide by its {@code Keyway-*-Id} headers alone what a
 * request may see; whoever reaches their port may claim to be anyone. Each URI here is the address
 * to configure as the upstream's; the gateway appends the path of the request to it.
 */
public final class SampleUpstreams implements AutoCloseable {

  private static final String TRANSCRIPTIONS = "/transcriptions";
  private static final String TRANSCRIPTIONS_MCP = "/transcriptions-mcp";
  private static final String MACHINES = "/machines";
  private static final String DATAPACKS = "/datapacks";
  private static final String MEMORY = "/memory";
  private static final String ECHO = "/echo";
  private static final String MODERN = "/modern";

  private final LoopbackServer server;
  private final ModernHandler modern;

  private SampleUpstreams(LoopbackServer server, ModernHandler modern) {
    this.server = server;
    this.modern = modern;
  }

  /**
   * Starts all samples on a free port of 127.0.0.1.
   *
   * @param directory who owns which datapack and project, asked at every request
   * @param workspaces the workspaces whose transcriptions are made ready now; any other workspace
   *     gets its own at its first request
   * @throws IllegalStateException when the server cannot start
   */
  public static SampleUpstreams start(ResourceDirectory directory, Collection<String> workspaces) {
    Clock clock = Clock.systemUTC();
    TranscriptionLibrary library = new TranscriptionLibrary(workspaces);
    MemoryTools memory = new MemoryTools(new ProjectMemories(clock));
    ModernHandler modern = new ModernHandler(clock);
    LoopbackServer server = new LoopbackServer();
    server.add(TRANSCRIPTIONS, new TranscriptionHandler(library));
    server.add(MACHINES, new MachineHandler(new MachinePark(clock)));
    server.add(ECHO, new EchoHandler());
    server.add(MODERN, modern);
    addMcp(server, TRANSCRIPTIONS_MCP, new TranscriptionTools(library).sample(), Caller::workspace);
    addMcp(server, DATAPACKS, new DatapackTools(directory).sample(), Caller::account);
    server.addServlet(
        MEMORY, new GateHandler(new ProjectCheck(directory)), memory.sample().servlet());
    server.start();
    return new SampleUpstreams(server, modern);
  }

  private static void addMcp(
      LoopbackServer server, String path, McpSample sample, Consumer<Caller> identity) {
    Consumer<Request> check = request -> identity.accept(Caller.of(request.getHeaders()::get));
    server.addServlet(path, new GateHandler(check), sample.servlet());
  }

  /** Memo's REST API: {@code /api/v1/developer/transcriptions}. */
  public URI transcriptions() {
    return server.uri(TRANSCRIPTIONS);
  }

  /** Memo's MCP server: {@code /mcp}. */
  public URI transcriptionsMcp() {
    return server.uri(TRANSCRIPTIONS_MCP);
  }

  /** Mecha's REST API: {@code /v1/machines}. */
  public URI machines() {
    return server.uri(MACHINES);
  }

  /** Meko's MCP server: {@code /mcp}. */
  public URI datapacks() {
    return server.uri(DATAPACKS);
  }

  /** Memorylake's MCP server: {@code /mcp/v1} and {@code /projects/{project}/mcp/v1}. */
  public URI memory() {
    return server.uri(MEMORY);
  }

  /** Says what it was sent, on any path. */
  public URI echo() {
    return server.uri(ECHO);
  }

  /** An MCP server of revision 2026-07-28: {@code /mcp}. */
  public URI modern() {
    return server.uri(MODERN);
  }

  /** Stops all samples and cuts what is open. */
  @Override
  public void close() {
    try {
      modern.endSubscriptions();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.stop();
    }
  }
}
