package dev.keyway.demo.modern;

import dev.keyway.demo.mcp.ToolSchema;
import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Reply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Invents tomorrow's weather, the same whenever asked again; answers as one JSON object. */
final class ForecastTool implements ModernTool {

  @Override
  public String name() {
    return "get_forecast";
  }

  @Override
  public String description() {
    return "Tells tomorrow's weather in a city.";
  }

  @Override
  public ToolSchema schema() {
    return ToolSchema.arguments()
        .text("city", "The city's name.")
        .mirroredText("region", "The region the city is in.", "Region");
  }

  @Override
  public Map<String, String> mirrored() {
    return Map.of("region", "Region");
  }

  @Override
  public Reply call(RpcRequest request, Caller caller) {
    if (!(request.arguments().get("city") instanceof String city) || city.isEmpty()) {
      return ModernMethods.result(request, Results.toolError("Name a city."));
    }
    int celsius = Math.floorMod(city.hashCode(), 30) + 1;
    Map<String, @Nullable Object> forecast = Json.ordered("city", city, "celsius", celsius);
    String text = "Tomorrow in " + city + ": " + celsius + " degrees.";
    return ModernMethods.result(request, Results.tool(text, forecast));
  }
}
