package dev.keyway.demo;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * A plain HTTP/1.1 server on a free port of 127.0.0.1; every request has a virtual thread of its
 * own and may block.
 */
final class LoopbackServer {

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);

  private final Server server = new Server(threads());
  private final ContextHandlerCollection contexts = new ContextHandlerCollection();
  private final ServerConnector connector =
      new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));

  LoopbackServer() {
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    // A stream that says nothing for a while is not a dead one.
    connector.setIdleTimeout(LONGEST_SILENCE.toMillis());
    server.addConnector(connector);
    server.setHandler(contexts);
  }

  /** Puts a handler under a path; to be called before the start, as the next one. */
  void add(String path, Handler handler) {
    contexts.addHandler(new ContextHandler(handler, path));
  }

  /** Puts a servlet under a path, all of its requests going through a gate first. */
  void addServlet(String path, Handler.Singleton gate, HttpServlet servlet) {
    ServletContextHandler context = new ServletContextHandler(path);
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    for (Filter filter : List.of(new EagerStreamFilter(), new PlainErrorFilter())) {
      context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST)).setAsyncSupported(true);
    }
    context.insertHandler(gate);
    contexts.addHandler(context);
  }

  void start() {
    try {
      server.start();
    } catch (Exception e) {
      stop();
      throw new IllegalStateException("the sample upstreams cannot start", e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
  }

  void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the sample upstreams cannot stop", e);
    }
  }

  private static VirtualThreadPool threads() {
    VirtualThreadPool threads = new VirtualThreadPool();
    threads.setName("sample");
    // Open streams hold their thread, so a limit on threads would be one on streams.
    threads.setMaxConcurrentTasks(0);
    return threads;
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // The echo tells what was on the wire: no tidied names, no refused paths.
    configuration.setHttpCompliance(
        HttpCompliance.RFC9110.with(
            "as received", HttpCompliance.Violation.CASE_SENSITIVE_FIELD_NAME));
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return configuration;
  }
}
