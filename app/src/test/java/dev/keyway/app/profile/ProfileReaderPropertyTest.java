package dev.keyway.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a profile, it is read, or its mistakes are named line by line. */
class ProfileReaderPropertyTest {
  private static final int MUTATIONS = 1500;
  private static final String SPICE = "{}[]:,#&*!|>'\"%@-?\n \t\0\u2028aZ09_/.~$\\";

  private final ProfileReader reader = new ProfileReader(new References(_ -> null, Path.of(".")));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void read_mutatedProfile_neverFailsOtherwise(long seed) {
    var random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String name = ShippedProfiles.NAMES.get(random.nextInt(ShippedProfiles.NAMES.size()));
      String text = mutated(ShippedProfiles.text(name), random);
      try {
        assertThat(reader.read("p.yaml", text).slug()).isNotEmpty();
      } catch (MistakesException e) {
        refused++;
        assertThat(e.lines()).isNotEmpty().allMatch(line -> line.matches("p\\.yaml:[0-9]+: .+"));
      }
    }
    assertThat(refused).as("mutations that are mistakes").isBetween(1, MUTATIONS - 1);
  }

  private static String mutated(String text, Random random) {
    var mutated = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(mutated.length());
      char spice = SPICE.charAt(random.nextInt(SPICE.length()));
      switch (random.nextInt(4)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.insert(at, spice);
        case 2 -> mutated.setCharAt(at, spice);
        default -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(40)));
      }
    }
    return mutated.toString();
  }
}
