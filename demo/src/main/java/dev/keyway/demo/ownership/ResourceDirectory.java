package dev.keyway.demo.ownership;

import java.util.List;
import java.util.Optional;

/**
 * The samples' view of the resources that exist, asked again at every request.
 *
 * <ol>
 *   <li>An implementation must show a resource as soon as the call that made it has returned, and
 *       must not show it after the call that deleted it has returned.
 *   <li>It must be safe for use by many threads, and may block.
 * </ol>
 */
public interface ResourceDirectory {

  /** The resource of that id, whoever owns it; empty when there is none. */
  Optional<SampleResource> find(String resourceId);

  /** All resources owned by that account itself, in a stable order; not those of its workspaces. */
  List<SampleResource> ownedBy(String accountId);
}
