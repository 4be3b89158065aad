package dev.keyway.demo.memory;

import dev.keyway.demo.mcp.McpSample;
import dev.keyway.demo.mcp.ToolCall;
import dev.keyway.demo.mcp.ToolSchema;
import dev.keyway.demo.memory.ProjectMemories.Memory;
import dev.keyway.demo.web.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An MCP server that remembers texts for the one project its caller's key belongs to (LAKE-4). */
public final class MemoryTools {

  private final ProjectMemories memories;

  public MemoryTools(ProjectMemories memories) {
    this.memories = memories;
  }

  /** The MCP server, for clients' URLs that end in {@code /mcp/v1}. */
  public McpSample sample() {
    return McpSample.named("memorylake", "/mcp/v1")
        .tool(
            "remember",
            "Keeps a text in this project.",
            ToolSchema.arguments().text("text", "What to remember."),
            this::remember)
        .tool(
            "recall",
            "Finds what this project remembers about something.",
            ToolSchema.arguments().text("query", "Words to look for."),
            this::recall);
  }

  private Object remember(ToolCall call) {
    String project = call.caller().resource();
    int count = memories.remember(project, call.arguments().text("text"));
    return Json.ordered("project", project, "memories", count);
  }

  private Object recall(ToolCall call) {
    String project = call.caller().resource();
    return Json.ordered(
        "project",
        project,
        "memories",
        memories.recall(project, call.arguments().text("query")).stream()
            .map(MemoryTools::json)
            .toList());
  }

  private static Map<String, @Nullable Object> json(Memory memory) {
    return Json.ordered("text", memory.text(), "remembered_at", memory.at().toString());
  }
}
