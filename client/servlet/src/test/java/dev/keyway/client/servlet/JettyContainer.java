package dev.keyway.client.servlet;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12. */
final class JettyContainer implements Container {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private JettyContainer(Map<String, String> initParameters) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(CONTEXT);
    FilterHolder filter = new FilterHolder(KeywayFilter.class);
    filter.setInitParameters(initParameters);
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    ServletHolder servlet = new ServletHolder(new EchoServlet());
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    server.setHandler(context);
    server.start();
  }

  static Container start(Map<String, String> initParameters) throws Exception {
    return new JettyContainer(initParameters);
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + connector.getLocalPort() + CONTEXT;
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
