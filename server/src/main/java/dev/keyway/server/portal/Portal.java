package dev.keyway.server.portal;

import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The portal: its files by their paths, and its one page at every path that is a page's.
 *
 * <p>The files are in memory from the start on. A page is found for those only who ask for HTML by
 * name, as browsers do when a person goes there, so that a program that asks for a path that does
 * not exist is told so.
 */
public final class Portal {
  private static final String INDEX = "/index.html";
  private static final String GZIP = ".gz";

  /**
   * What stays the API's, now and later. Upper case, dots and escapes in the first segment are no
   * page's either, so that no other spelling of these is.
   */
  private static final Set<String> RESERVED =
      Set.of("authz", "mcp", "health", "metrics", "problems", "assets");

  private static final Pattern VERSION = Pattern.compile("v[0-9]+");

  /** Possessive, because Java would match the segments of a long path by recursion otherwise. */
  private static final Pattern PAGE =
      Pattern.compile("/(?:([a-z][a-z0-9-]*)(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*+/?)?");

  private final Map<String, PortalFile> files = new HashMap<>();
  private final @Nullable PortalFile page;

  /** Reads all files. */
  public Portal(Assets assets) {
    Set<String> names = assets.names();
    for (String name : names) {
      if (!name.endsWith(GZIP)) {
        byte[] gzip = names.contains(name + GZIP) ? assets.read(name + GZIP) : null;
        files.put("/" + name, PortalFile.of(name, assets.read(name), gzip));
      }
    }
    PortalFile index = files.remove(INDEX);
    this.page = index == null ? null : index.with(PageHeaders.ALL);
  }

  /** Whether there is a file at a path, or a page for a client that accepts this. */
  public boolean has(String path, List<String> accept) {
    return files.containsKey(path) || (isPage(path) && Accepted.names("text/html", accept));
  }

  /** Answers GET of a path that {@link #has}. */
  public Response get(Request request) {
    PortalFile file = files.getOrDefault(request.path(), page);
    return file == null ? notBuilt() : file.answer(request);
  }

  private static boolean isPage(String path) {
    var matcher = PAGE.matcher(path);
    if (!matcher.matches()) {
      return false;
    }
    String first = matcher.group(1);
    return first == null || !(RESERVED.contains(first) || VERSION.matcher(first).matches());
  }

  private static Response notBuilt() {
    return Response.text(
        404,
        "text/plain; charset=utf-8",
        "The portal was not built into this program; ./keyway builds it.\n");
  }
}
