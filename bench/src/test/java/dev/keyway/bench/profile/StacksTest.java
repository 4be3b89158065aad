package dev.keyway.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StacksTest {
  private static final Stacks STACKS =
      Stacks.of(
          List.of(
              "[vert.x-eventloop-thread-0 tid=1];a/Loop.run;a/Hash.of_[j] 30",
              "[vert.x-eventloop-thread-1 tid=2];a/Other.run;a/Hash.of_[j] 30",
              "[vert.x-eventloop-thread-1 tid=2];a/Loop.run;write 40",
              "[C2 CompilerThread0 tid=3];Compile 900"));

  @Test
  void top_isOfTheEventLoopsAlone() {
    assertThat(STACKS.total()).isEqualTo(100);
    assertThat(STACKS.top(9))
        .containsExactly(new Stacks.Share("a.Hash.of", 60, 60), new Stacks.Share("write", 40, 40));
  }

  @Test
  void top_endsAfterTheMostAskedFor() {
    assertThat(STACKS.top(1)).hasSize(1);
  }

  @Test
  void per_sharesWeightsOutAmongRequests() {
    assertThat(STACKS.per(10).total()).isEqualTo(10);
    assertThat(STACKS.per(10).top(1).getFirst().percent()).isEqualTo(60);
  }
}
