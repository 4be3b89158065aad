package dev.keyway.demo.machine;

import dev.keyway.demo.web.Refusal;
import dev.keyway.demo.web.Reply;
import dev.keyway.demo.web.ReplyingHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** The REST API of Mecha's machines: list, get, create, delete (MECHA-7). */
public final class MachineHandler extends ReplyingHandler {

  private static final String ROOT = "/v1/machines";

  private final MachinePark park;

  public MachineHandler(MachinePark park) {
    this.park = park;
  }

  @Override
  protected Reply reply(Request request) throws IOException {
    String path = Request.getPathInContext(request);
    if (path.equals(ROOT)) {
      return all(request);
    }
    if (path.startsWith(ROOT + "/") && path.indexOf('/', ROOT.length() + 1) < 0) {
      return one(request, path.substring(ROOT.length() + 1));
    }
    throw Refusal.notFound("There is no such path.");
  }

  private Reply all(Request request) throws IOException {
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> list(caller(request).account());
      case "POST" -> create(caller(request).account(), request);
      default -> throw Refusal.methodNotAllowed(Set.of("GET", "HEAD", "POST"));
    };
  }

  private Reply one(Request request, String id) {
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> get(caller(request).account(), id);
      case "DELETE" -> delete(caller(request).account(), id);
      default -> throw Refusal.methodNotAllowed(Set.of("GET", "HEAD", "DELETE"));
    };
  }

  private Reply list(String account) {
    return Reply.json(200, Map.of("data", park.of(account).stream().map(Machine::json).toList()));
  }

  private Reply create(String account, Request request) throws IOException {
    Machine machine = park.create(account, MachineOrder.of(jsonBody(request)));
    // Relative on purpose: only the gateway knows the prefix that clients see (RFC 9110, 10.2.2).
    return Reply.json(201, machine.json()).with(Map.of("Location", "machines/" + machine.id()));
  }

  private Reply get(String account, String id) {
    return Reply.json(200, park.find(account, id).orElseThrow(MachineHandler::unknown).json());
  }

  private Reply delete(String account, String id) {
    if (!park.delete(account, id)) {
      throw unknown();
    }
    return Reply.empty(204);
  }

  private static Refusal unknown() {
    return Refusal.notFound("There is no such machine.");
  }
}
