package dev.keyway.demo;

import dev.keyway.demo.web.Json;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers a client's mistake with a JSON-RPC error. The SDK writes out the exception it made for
 * it, stack trace and all.
 */
final class PlainErrorFilter implements Filter {

  private static final int FIRST_ERROR = 400;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, new PlainResponse((HttpServletResponse) response));
  }

  private static final class PlainResponse extends HttpServletResponseWrapper {

    PlainResponse(HttpServletResponse response) {
      super(response);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      PrintWriter writer = super.getWriter();
      return getStatus() < FIRST_ERROR ? writer : new PlainWriter(writer);
    }
  }

  /** The SDK writes an error in one piece. */
  private static final class PlainWriter extends PrintWriter {

    PlainWriter(PrintWriter writer) {
      super(writer);
    }

    @Override
    public void write(String text) {
      super.write(Json.object(text).map(PlainWriter::plain).orElse(text));
    }

    private static String plain(Map<String, @Nullable Object> exception) {
      Object error = exception.get("jsonRpcError");
      if (error == null) {
        return Json.text(exception);
      }
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("jsonrpc", "2.0");
      answer.put("id", null);
      answer.put("error", error);
      return Json.text(answer);
    }
  }
}
