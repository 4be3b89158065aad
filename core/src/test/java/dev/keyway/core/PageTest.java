package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @Test
  void of_oneRowBeyondTheLimit_showsTheLimitAndWhereToGoOn() {
    Page<String> page = Page.of(List.of("a", "b", "c"), 2, PageTest::cursor);

    assertThat(page.data()).containsExactly("a", "b");
    assertThat(page.next()).isEqualTo(cursor("b"));
  }

  @Test
  void of_rowsUpToTheLimit_isTheLastPage() {
    assertThat(Page.of(List.of("a", "b"), 2, PageTest::cursor).next()).isNull();
    assertThat(Page.of(List.<String>of(), 2, PageTest::cursor).data()).isEmpty();
  }

  @Test
  void map_keepsOrderAndNext() {
    Page<Integer> page = Page.of(List.of("a", "bb", "c"), 2, PageTest::cursor).map(String::length);

    assertThat(page.data()).containsExactly(1, 2);
    assertThat(page.next()).isEqualTo(cursor("bb"));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 201, Integer.MAX_VALUE})
  void pageRequest_limitOutOfRange_isRefused(int limit) {
    assertThatThrownBy(() -> new PageRequest(limit, null))
        .isInstanceOf(RefusedException.Invalid.class);
  }

  @Test
  void precondition_anotherVersion_isRefused() {
    Precondition.NONE.check(5);
    new Precondition(5L).check(5);

    assertThatThrownBy(() -> new Precondition(5L).check(6))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
  }

  private static Cursor cursor(String id) {
    return new Cursor(Instant.EPOCH, id);
  }
}
