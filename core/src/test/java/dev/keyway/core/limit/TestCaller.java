package dev.keyway.core.limit;

import org.jspecify.annotations.Nullable;

/** Somebody whose requests are counted: a key with its member, workspace and plan. */
final class TestCaller extends LimitedCaller {
  private final String key;
  private final String member;
  private final String workspace;
  private final @Nullable String plan;

  TestCaller(String key, String member, String workspace, @Nullable String plan) {
    this.key = key;
    this.member = member;
    this.workspace = workspace;
    this.plan = plan;
  }

  /** A key by itself. */
  static TestCaller of(String key) {
    return new TestCaller(key, "acc_1", "ws_1", null);
  }

  @Override
  protected String idOf(CountedBy by) {
    return switch (by) {
      case KEY -> key;
      case MEMBER -> member;
      case WORKSPACE -> workspace;
      case PLAN -> "acme/" + plan;
    };
  }

  @Override
  protected @Nullable String plan() {
    return plan;
  }
}
