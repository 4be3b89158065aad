package dev.keyway.client.servlet;

import java.util.Map;

/** A real servlet container with the filter before {@link EchoServlet}. */
interface Container {

  /** The context path of the application. */
  String CONTEXT = "/app";

  /** Below which the application is, at a free port. */
  String url();

  void stop() throws Exception;

  /** Starts one kind of container. */
  interface Kind {
    Container start(Map<String, String> initParameters) throws Exception;
  }
}
