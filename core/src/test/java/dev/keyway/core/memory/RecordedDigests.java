package dev.keyway.core.memory;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.DigestStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes which digests were to be renewed. */
public final class RecordedDigests implements DigestStore {
  private final List<List<Renewal>> written = new ArrayList<>();
  private boolean isDown;

  /** What was written, a list for each transaction. */
  public List<List<Renewal>> written() {
    return written;
  }

  /** From now on it can, or cannot, be written. */
  public void down(boolean down) {
    isDown = down;
  }

  @Override
  public List<PepperUse> useAt(Instant now) {
    return List.of();
  }

  @Override
  public void renew(List<Renewal> renewals) {
    if (isDown) {
      throw new UnavailableException("down", null);
    }
    written.add(List.copyOf(renewals));
  }

  @Override
  public Set<Integer> noteMarks(Map<Integer, byte[]> marks, Set<Integer> inUse) {
    return Set.of();
  }
}
