package dev.keyway.demo.datapack;

import dev.keyway.demo.mcp.McpSample;
import dev.keyway.demo.mcp.ToolCall;
import dev.keyway.demo.mcp.ToolSchema;
import dev.keyway.demo.ownership.Owner;
import dev.keyway.demo.ownership.ResourceDirectory;
import dev.keyway.demo.ownership.SampleResource;
import dev.keyway.demo.web.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One MCP server for all datapacks: a call names its datapack, and only the account's own will do
 * (MEKO-7, MEKO-10).
 */
public final class DatapackTools {

  private final ResourceDirectory directory;

  public DatapackTools(ResourceDirectory directory) {
    this.directory = directory;
  }

  /** The MCP server, for clients' URLs that end in {@code /mcp}. */
  public McpSample sample() {
    return McpSample.named("meko-datapacks", "/mcp")
        .tool(
            "list_datapacks",
            "Lists the datapacks of your account.",
            ToolSchema.arguments(),
            this::list)
        .tool(
            "query_datapack",
            "Answers a question from one datapack.",
            ToolSchema.arguments()
                .text("datapack_id", "The datapack's id, from list_datapacks.")
                .text("question", "What to look for, in words."),
            this::query);
  }

  private Object list(ToolCall call) {
    return Map.of(
        "datapacks",
        directory.ownedBy(call.caller().account()).stream()
            .filter(it -> it.kind().equals(SampleResource.DATAPACK))
            .map(it -> Json.ordered("id", it.id(), "name", it.name()))
            .toList());
  }

  private Object query(ToolCall call) {
    String id = call.arguments().text("datapack_id");
    Owner caller = new Owner.Account(call.caller().account());
    SampleResource datapack =
        directory
            .find(id)
            .filter(it -> it.kind().equals(SampleResource.DATAPACK) && it.owner().equals(caller))
            .orElseThrow(() -> McpSample.unknown("datapack", id));
    return answer(datapack, call.arguments().text("question"));
  }

  private static Map<String, @Nullable Object> answer(SampleResource datapack, String question) {
    Map<String, @Nullable Object> answer =
        Json.ordered("datapack_id", datapack.id(), "question", question);
    answer.put("rows", SampleFigures.about(datapack.id(), question));
    answer.put("source", datapack.name());
    return answer;
  }
}
