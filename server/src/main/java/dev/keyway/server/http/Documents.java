package dev.keyway.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keyway.core.RefusedException.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The papers packed with the server: the OpenAPI document and a page for each problem's code. */
final class Documents {
  private static final String OPEN_API = "/keyway/openapi/keyway.yaml";
  private static final String PROBLEMS = "/keyway/problems/";

  private final SharedBody openApi;

  Documents() {
    try (InputStream yaml = resource(OPEN_API)) {
      JsonNode document = new YAMLMapper().readTree(yaml);
      this.openApi = new SharedBody(new JsonMapper().writeValueAsBytes(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers {@code GET /openapi.json}. */
  Response openApi() {
    return Response.shared(200, "application/json", openApi);
  }

  /** Answers {@code GET /problems/{code}}: what the code means and what to do. */
  static Response problem(Request request) {
    String code = request.parameter("code");
    boolean isKnown =
        Arrays.stream(ProblemCode.values()).anyMatch(known -> known.text().equals(code));
    if (!isKnown) {
      throw new NotFound("This problem");
    }
    try (InputStream page = resource(PROBLEMS + code + ".md")) {
      String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      return Response.text(200, "text/markdown; charset=utf-8", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String path) throws IOException {
    InputStream stream = Documents.class.getResourceAsStream(path);
    if (stream == null) {
      throw new IOException("the server was packed without " + path);
    }
    return stream;
  }
}
