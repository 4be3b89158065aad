package dev.keyway.client.servlet;

import jakarta.servlet.DispatcherType;
import java.io.File;
import java.nio.file.Files;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat 11. */
final class TomcatContainer implements Container {
  private final Tomcat tomcat = new Tomcat();

  private TomcatContainer(Map<String, String> initParameters) throws Exception {
    File base = Files.createTempDirectory("tomcat").toFile();
    tomcat.setBaseDir(base.getPath());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.setSilent(true);
    Context context = tomcat.addContext(CONTEXT, base.getPath());
    if (context instanceof StandardContext standard) {
      // Its search for leaks needs options of the JVM, and says so at every stop.
      standard.setClearReferencesRmiTargets(false);
      standard.setClearReferencesThreadLocals(false);
    }
    FilterDef filter = new FilterDef();
    filter.setFilterName("keyway");
    filter.setFilterClass(KeywayFilter.class.getName());
    filter.setAsyncSupported("true");
    initParameters.forEach(filter::addInitParameter);
    context.addFilterDef(filter);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("keyway");
    mapping.addURLPattern("/*");
    for (DispatcherType type : DispatcherType.values()) {
      mapping.setDispatcher(type.name());
    }
    context.addFilterMap(mapping);
    Tomcat.addServlet(context, "echo", new EchoServlet()).setAsyncSupported(true);
    context.addServletMapping("/*", "echo");
    tomcat.getConnector();
    tomcat.start();
    if (!context.getState().isAvailable()) {
      stop();
      throw new LifecycleException("the application did not start");
    }
  }

  static Container start(Map<String, String> initParameters) throws Exception {
    return new TomcatContainer(initParameters);
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + CONTEXT;
  }

  @Override
  public void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
