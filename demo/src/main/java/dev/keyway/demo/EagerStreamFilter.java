package dev.keyway.demo;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Sends the head of an event stream as soon as the stream exists. The SDK sends it with the first
 * event, so that a client of a GET stream waits for an answer until there is news.
 */
final class EagerStreamFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, new EagerResponse((HttpServletResponse) response));
  }

  private static final class EagerResponse extends HttpServletResponseWrapper {

    EagerResponse(HttpServletResponse response) {
      super(response);
    }

    /** The SDK asks for the writer once the head is complete and before anyone else can write. */
    @Override
    public PrintWriter getWriter() throws IOException {
      PrintWriter writer = super.getWriter();
      String contentType = getContentType();
      if (contentType != null && contentType.startsWith("text/event-stream")) {
        flushBuffer();
      }
      return writer;
    }
  }
}
