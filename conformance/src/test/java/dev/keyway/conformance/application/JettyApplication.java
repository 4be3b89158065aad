package dev.keyway.conformance.application;

import dev.keyway.client.servlet.KeywayFilter;
import dev.keyway.conformance.harness.Door;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An application in Jetty whose filter has the two init parameters and nothing else. */
final class JettyApplication implements GuardedApplication {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  JettyApplication(URI control, String product) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    FilterHolder filter = new FilterHolder(KeywayFilter.class);
    filter.setInitParameters(Map.of("url", control.toString(), "product", product));
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(new Caller()), "/*");
    server.setHandler(context);
    server.start();
  }

  @Override
  public Door door() {
    return new Door(URI.create("http://127.0.0.1:" + connector.getLocalPort()));
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Tells who calls, and what of the key is to be seen. */
  private static final class Caller extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response
          .getWriter()
          .print(
              "{\"key\":\"%s\",\"authorization\":\"%s\"}"
                  .formatted(
                      request.getUserPrincipal().getName(), request.getHeader("Authorization")));
    }
  }
}
