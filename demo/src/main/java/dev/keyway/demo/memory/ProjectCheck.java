package dev.keyway.demo.memory;

import dev.keyway.demo.ownership.ResourceDirectory;
import dev.keyway.demo.ownership.SampleResource;
import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.Refusal;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * Lets pass what speaks for a project that exists, at that project's own path or at the common one
 * (LAKE-4).
 */
public final class ProjectCheck implements Consumer<Request> {

  private static final Pattern PATH = Pattern.compile("(/projects/(?<project>[^/]+))?/mcp/v1");

  private final ResourceDirectory directory;

  public ProjectCheck(ResourceDirectory directory) {
    this.directory = directory;
  }

  @Override
  public void accept(Request request) {
    Matcher path = PATH.matcher(Request.getPathInContext(request));
    if (!path.matches()) {
      throw Refusal.notFound("There is no such path.");
    }
    String project = Caller.of(request.getHeaders()::get).resource();
    String named = path.group("project");
    if (named != null && !named.equals(project)) {
      throw Refusal.of(403, "other_project", "The path names another project.");
    }
    if (directory.find(project).filter(it -> it.kind().equals(SampleResource.PROJECT)).isEmpty()) {
      throw Refusal.notFound("There is no such project.");
    }
  }
}
