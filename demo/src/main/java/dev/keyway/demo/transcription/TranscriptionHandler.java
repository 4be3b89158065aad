package dev.keyway.demo.transcription;

import dev.keyway.demo.web.Refusal;
import dev.keyway.demo.web.Reply;
import dev.keyway.demo.web.ReplyingHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * The REST API of Memo's transcriptions: list, get, export and bulk, and nothing else (MEMO-6,
 * MEMO-11).
 */
public final class TranscriptionHandler extends ReplyingHandler {

  private static final String ROOT = "/api/v1/developer/transcriptions";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int MAX_BULK = 100;

  private final TranscriptionLibrary library;

  public TranscriptionHandler(TranscriptionLibrary library) {
    this.library = library;
  }

  @Override
  protected Reply reply(Request request) throws IOException {
    String path = Request.getPathInContext(request);
    if (path.equals(ROOT)) {
      allow(request, READING);
      return list(caller(request).workspace());
    }
    if (!path.startsWith(ROOT + "/")) {
      throw Refusal.notFound("There is no such path.");
    }
    List<String> segments = List.of(path.substring(ROOT.length() + 1).split("/", -1));
    if (segments.equals(List.of("bulk"))) {
      allow(request, Set.of("POST"));
      return bulk(request);
    }
    if (segments.size() == 1) {
      allow(request, READING);
      return Reply.json(200, mine(request, segments.getFirst()).detail());
    }
    if (segments.size() == 2 && segments.get(1).equals("export")) {
      allow(request, READING);
      return export(request, segments.getFirst());
    }
    throw Refusal.notFound("There is no such path.");
  }

  private Reply list(String workspace) {
    return Reply.json(
        200, Map.of("data", library.of(workspace).stream().map(Transcription::summary).toList()));
  }

  private Reply export(Request request, String id) {
    String format = Request.extractQueryParameters(request).getValue("format");
    ExportFormat chosen = ExportFormat.named(format);
    String file = id + "." + chosen.extension();
    return Reply.text(chosen.contentType(), chosen.write(mine(request, id)))
        .with(Map.of("Content-Disposition", "attachment; filename=\"" + file + "\""));
  }

  private Reply bulk(Request request) throws IOException {
    if (!(jsonBody(request).get("ids") instanceof List<?> ids)
        || ids.isEmpty()
        || ids.size() > MAX_BULK
        || !ids.stream().allMatch(String.class::isInstance)) {
      throw Refusal.invalid("The member \"ids\" must list 1 to " + MAX_BULK + " ids.");
    }
    return Reply.json(
        200, Map.of("data", ids.stream().map(id -> mine(request, (String) id).detail()).toList()));
  }

  private Transcription mine(Request request, String id) {
    return library
        .find(caller(request).workspace(), id)
        .orElseThrow(() -> Refusal.notFound("There is no such transcription."));
  }

  private static void allow(Request request, Set<String> methods) {
    if (!methods.contains(request.getMethod())) {
      throw Refusal.methodNotAllowed(methods);
    }
  }
}
