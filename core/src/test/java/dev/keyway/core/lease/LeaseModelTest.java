package dev.keyway.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Every interleaving of a node, a store and a revocation, within a few lives of a lease: the
 * protocol lets no verification that begins after the revocation has returned accept the key, and
 * each of the known mistakes does.
 */
@Execution(ExecutionMode.CONCURRENT)
final class LeaseModelTest {
  /** Ticks, at two for a lease: each mistake needs no more. */
  private static final int HORIZON = 4;

  /** How far it is looked for what is not there; another tick takes a minute. */
  private static final int SOUND_HORIZON = Boolean.getBoolean("keyway.faults") ? 4 : 3;

  @Test
  @DisplayName("ALL-3 in every interleaving a returned revocation holds")
  void sound_everyInterleaving_acceptsNothingLate() {
    Found found = search(new LeaseModel(Variant.SOUND, 0, 0, SOUND_HORIZON));

    assertThat(found.violation()).isNull();
    // That it looks at something at all.
    assertThat(found.states()).isGreaterThan(100_000);
  }

  @Test
  void noAcks_everyInterleaving_acceptsNothingLate() {
    assertThat(search(new LeaseModel(Variant.NO_ACKS, 0, 0, SOUND_HORIZON)).violation()).isNull();
  }

  /** A shorter horizon would find nothing whatever the margin is. */
  @Test
  @EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
  void clockSlowerWithinTheMargin_everyInterleaving_acceptsNothingLate() {
    assertThat(search(new LeaseModel(Variant.SOUND, 1, 1, HORIZON)).violation()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"SOUND", "NO_ACKS"})
  void knownMistake_someInterleaving_acceptsLate(Variant mistake) {
    int drift = mistake == Variant.TOO_MUCH_DRIFT ? 1 : 0;

    Found found = search(new LeaseModel(mistake, drift, 0, HORIZON));

    assertThat(found.violation()).as("%s, %s states", mistake, found.states()).isNotNull();
  }

  private static Found search(LeaseModel model) {
    var known = new HashSet<Fingerprint>();
    var open = new ArrayDeque<Open>();
    var first = new World();
    known.add(Fingerprint.of(first));
    open.add(new Open(first, new Path(first.now, "begin", null)));
    while (!open.isEmpty()) {
      Open one = open.remove();
      for (LeaseModel.Next next : model.after(one.world())) {
        if (next.isViolation()) {
          return new Found(known.size(), one.path().and(next).actions());
        }
        if (known.add(Fingerprint.of(next.world()))) {
          open.add(new Open(next.world(), one.path().and(next)));
        }
      }
    }
    return new Found(known.size(), null);
  }

  private record Found(int states, @Nullable List<String> violation) {}

  private record Open(World world, Path path) {}

  /** How a state was come to; states themselves are too many to be kept. */
  private record Path(int now, String action, @Nullable Path before) {
    Path and(LeaseModel.Next next) {
      return new Path(next.world().now, next.action(), this);
    }

    List<String> actions() {
      var actions = new ArrayList<String>();
      for (Path path = this; path != null; path = path.before()) {
        actions.add(path.now() + " " + path.action());
      }
      return actions.reversed();
    }
  }

  /** Stands for a state: 128 bits of a digest, so that two of millions are not taken for one. */
  private record Fingerprint(long high, long low) {
    static Fingerprint of(World world) {
      try {
        byte[] text = world.identity().getBytes(StandardCharsets.UTF_8);
        ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(text));
        return new Fingerprint(digest.getLong(), digest.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
