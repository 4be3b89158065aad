package dev.keyway.demo.transcription;

import dev.keyway.demo.mcp.McpSample;
import dev.keyway.demo.mcp.ToolCall;
import dev.keyway.demo.mcp.ToolSchema;
import dev.keyway.demo.web.Json;
import java.util.Map;

/** The same transcriptions as tools of an MCP server, under the same ownership (MEMO-11). */
public final class TranscriptionTools {

  private static final String ID = "The transcription's id.";

  private final TranscriptionLibrary library;

  public TranscriptionTools(TranscriptionLibrary library) {
    this.library = library;
  }

  /** The MCP server, for clients' URLs that end in {@code /mcp}. */
  public McpSample sample() {
    return McpSample.named("memo-transcriptions", "/mcp")
        .tool(
            "list_transcriptions",
            "Lists the workspace's transcriptions, newest first.",
            ToolSchema.arguments(),
            this::list)
        .tool(
            "get_transcription",
            "Reads one transcription with its segments.",
            ToolSchema.arguments().text("id", ID),
            call -> mine(call).detail())
        .tool(
            "export_transcription",
            "Writes one transcription as a file's text.",
            ToolSchema.arguments()
                .text("id", ID)
                .optionalChoice(
                    "format", "The file's format; txt if left out.", ExportFormat.names()),
            this::export);
  }

  private Object list(ToolCall call) {
    return Map.of(
        "transcriptions",
        library.of(call.caller().workspace()).stream().map(Transcription::summary).toList());
  }

  private Object export(ToolCall call) {
    ExportFormat format = ExportFormat.named(call.arguments().optionalText("format"));
    return Json.ordered("format", format.extension(), "text", format.write(mine(call)));
  }

  private Transcription mine(ToolCall call) {
    String id = call.arguments().text("id");
    return library
        .find(call.caller().workspace(), id)
        .orElseThrow(() -> McpSample.unknown("transcription", id));
  }
}
