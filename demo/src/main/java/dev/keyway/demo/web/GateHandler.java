package dev.keyway.demo.web;

import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A handler that looks at each request first and lets it pass unless the look ends in a refusal.
 */
public final class GateHandler extends Handler.Wrapper {

  private final Consumer<Request> check;

  /** A gate that runs a check which throws {@link Refusal} for what may not pass. */
  public GateHandler(Consumer<Request> check) {
    this.check = check;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    try {
      check.accept(request);
    } catch (Refusal refusal) {
      ReplyingHandler.send(refusal.reply(), response, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }
}
