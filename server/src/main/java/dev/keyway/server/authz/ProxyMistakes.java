package dev.keyway.server.authz;

import dev.keyway.server.door.Refusal;
import dev.keyway.server.http.ProblemCode;
import java.net.URI;

/**
 * The refusals that tell whoever configures a proxy what is wrong with it; most clients never see
 * one.
 *
 * @param noMethod the method of the request in question is not said
 * @param noTarget its target is not said
 * @param unclear one of the two is said twice, or in two ways that differ
 */
record ProxyMistakes(Refusal noMethod, Refusal noTarget, Refusal unclear) {

  static ProxyMistakes explainedAt(URI controlUrl) {
    return new ProxyMistakes(
        refusal(
            controlUrl,
            "The proxy must name the request's method in X-Forwarded-Method or X-Original-Method."),
        refusal(
            controlUrl,
            "The proxy must name the request's target in X-Forwarded-Uri or X-Original-URI."),
        refusal(
            controlUrl,
            "X-Forwarded-Method and X-Original-Method, X-Forwarded-Uri and X-Original-URI must be"
                + " sent once each and agree; the proxy has to set one and remove the other."));
  }

  private static Refusal refusal(URI controlUrl, String detail) {
    return new Refusal(controlUrl.toString(), ProblemCode.INVALID_REQUEST, detail, null);
  }
}
