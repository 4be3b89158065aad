package dev.keyway.client.servlet;

import dev.keyway.client.KeywayIdentity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells what the application sees, a line each; below {@code /async} after a dispatch. */
final class EchoServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** How often the application was reached in this JVM. */
  static final AtomicInteger REACHED = new AtomicInteger();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    REACHED.incrementAndGet();
    String path = String.valueOf(request.getPathInfo());
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      tell(request, response);
    } else if (path.startsWith("/async")) {
      AsyncContext async = request.startAsync();
      async.start(async::dispatch);
    } else if (path.startsWith("/forward")) {
      request.getRequestDispatcher("/elsewhere").forward(request, response);
    } else if (path.startsWith("/error")) {
      response.sendError(418);
    } else {
      tell(request, response);
    }
  }

  private static void tell(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    PrintWriter out = response.getWriter();
    out.println("dispatch " + request.getDispatcherType());
    out.println("query " + request.getQueryString());
    Principal principal = request.getUserPrincipal();
    out.println("principal " + (principal == null ? "none" : principal.getName()));
    KeywayIdentity identity = (KeywayIdentity) request.getAttribute(KeywayFilter.IDENTITY);
    out.println("account " + (identity == null ? "none" : identity.accountId()));
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      out.println("cookie " + cookie.getName() + " " + cookie.getValue());
    }
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        out.println("header " + name.toLowerCase(Locale.ROOT) + " " + value);
      }
    }
    request
        .getParameterMap()
        .forEach((name, values) -> out.println("parameter " + name + Arrays.toString(values)));
  }
}
