package dev.keyway.core.change;

/**
 * Something that is told how the confirmation of changes goes, such as metrics. The same change may
 * be confirmed more than once, and by several callers at a time.
 */
public interface NarrowingObserver {
  /** Looks away. */
  NarrowingObserver NONE =
      new NarrowingObserver() {
        @Override
        public void began(long seq) {}

        @Override
        public void confirmed(long seq) {}

        @Override
        public void unconfirmed(long seq) {}

        @Override
        public void unknown() {}
      };

  /** A change is committed and now takes effect. */
  void began(long seq);

  /** The change holds, and its caller is told so. */
  void confirmed(long seq);

  /** The change is not known to hold, and its caller is told that. */
  void unconfirmed(long seq);

  /** A caller is told the same, and not even whether the change is committed is known. */
  void unknown();
}
