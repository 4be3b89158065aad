package dev.keyway.demo.modern;

import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Reply;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The methods of the stateless server, one per JSON-RPC method name. */
final class ModernMethods {

  private static final long HOUR_MILLIS = 3_600_000;

  private final InstantSource clock;
  private final Map<String, ModernTool> tools;
  private final Subscriptions subscriptions = new Subscriptions();

  ModernMethods(InstantSource clock) {
    this.clock = clock;
    this.tools = new LinkedHashMap<>();
    for (ModernTool tool : List.of(new ForecastTool(), new CountSlowlyTool(), new WhoAmITool())) {
      tools.put(tool.name(), tool);
    }
  }

  void endSubscriptions() throws InterruptedException {
    subscriptions.end();
  }

  /** Answers a request whose common metadata is right. */
  Reply answer(RpcRequest request, RequestMetadata metadata, Request http) {
    return switch (request.method()) {
      case "server/discover" -> result(request, discover());
      case "tools/list" -> result(request, toolList());
      case "tools/call" -> call(request, metadata, Caller.of(http.getHeaders()::get));
      case "resources/list" -> result(request, list("resources", List.of(ClockResource.json())));
      case "resources/templates/list" -> result(request, list("resourceTemplates", List.of()));
      case "resources/read" -> read(request, metadata);
      case "subscriptions/listen" -> subscriptions.listen(request, http);
      default -> throw RpcError.methodNotFound(request.method());
    };
  }

  private static Map<String, @Nullable Object> discover() {
    Map<String, @Nullable Object> result = Results.cacheable(HOUR_MILLIS);
    result.put("supportedVersions", RequestMetadata.SUPPORTED);
    result.put(
        "capabilities", Json.ordered("tools", Map.of(), "resources", Map.of("subscribe", true)));
    result.put("instructions", "A sample: forecasts, slow counting, and a clock to subscribe to.");
    return result;
  }

  private Map<String, @Nullable Object> toolList() {
    return list("tools", tools.values().stream().map(ModernTool::json).toList());
  }

  private static Map<String, @Nullable Object> list(String member, List<?> items) {
    Map<String, @Nullable Object> result = Results.cacheable(HOUR_MILLIS);
    result.put(member, items);
    return result;
  }

  private Reply call(RpcRequest request, RequestMetadata metadata, Caller caller) {
    metadata.checkName();
    String name = String.valueOf(request.param("name"));
    ModernTool tool = tools.get(name);
    if (tool == null) {
      throw RpcError.unknown("tool", name);
    }
    tool.mirrored()
        .forEach((param, header) -> metadata.checkParam(header, request.arguments().get(param)));
    return tool.call(request, caller);
  }

  private Reply read(RpcRequest request, RequestMetadata metadata) {
    metadata.checkName();
    String uri = String.valueOf(request.param("uri"));
    if (!uri.equals(ClockResource.URI)) {
      throw RpcError.unknown("resource", uri);
    }
    Map<String, @Nullable Object> result = Results.cacheable(0);
    result.put("contents", List.of(ClockResource.contents(clock.instant())));
    return result(request, result);
  }

  static Reply result(RpcRequest request, Map<String, @Nullable Object> result) {
    return Reply.json(200, Results.response(request.id(), result));
  }
}
