package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.profile.Profiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * What a program starts from.
 *
 * @param data the data folder, which exists and is locked for as long as the program runs
 * @param profiles with the addresses that the settings give their upstreams
 * @param out where the user reads on; not for logs
 */
public record Start(Path data, Config config, Profiles profiles, PrintWriter out) {
  /** The folder of the journal that outlasts the store, within the data folder. */
  static final String TOMBSTONES = "tombstones";

  /** Where its state is. */
  public StorePlace place() {
    var tombstones = new ArrayList<Path>();
    tombstones.add(data.resolve(TOMBSTONES));
    tombstones.addAll(config.tombstones());
    return new StorePlace(data, config.postgres(), tombstones);
  }
}
