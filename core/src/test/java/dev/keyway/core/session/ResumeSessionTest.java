package dev.keyway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.AddressBucket;
import dev.keyway.core.Base62;
import dev.keyway.core.Deadline;
import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.contract.World;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.FloodedException;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.memory.InMemoryStores;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What made-up cookies cost the store, and what the flood of them costs people. */
class ResumeSessionTest {
  private static final AddressBucket HERE = AddressBucket.of("192.0.2.7");

  private final SecureRandom random = new SecureRandom();
  private final InMemoryStores stores = new InMemoryStores();
  private final World world = new World(stores);
  private final Lookups lookups = new Lookups(new FloodBounds(5, 8), 100, random, () -> 0);
  private final ResumeSession resume =
      new ResumeSession(stores.sessions(), stores.accounts(), lookups, world::now);

  @Test
  void textsThatNobodyWasGiven_askTheStoreNothing() {
    for (String text : List.of("x", "x".repeat(42), "x".repeat(44), "x".repeat(42) + "-")) {
      assertThat(resume.execute(text, HERE)).isEmpty();
    }
    assertThat(lookups.ofStrangers()).isZero();
  }

  @Test
  void madeUpCookies_overTheBound_areNotLookedUpAndNotCalledWrong() {
    for (int i = 0; i < 5; i++) {
      assertThat(resume.execute(madeUp(), HERE)).isEmpty();
    }
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> resume.execute(madeUp(), HERE)).isInstanceOf(FloodedException.class);
    }
    assertThat(lookups.ofStrangers()).isEqualTo(5);
  }

  @Test
  void goodCookie_inAFlood_isStillGoodUntilItsSessionEnds() {
    String cookie = signedIn();
    assertThat(resume.execute(cookie, HERE)).isPresent();
    for (int i = 0; i < 100; i++) {
      try {
        resume.execute(madeUp(), HERE);
      } catch (FloodedException e) {
        // What is expected of most.
      }
    }
    for (int i = 0; i < 20; i++) {
      assertThat(resume.execute(cookie, HERE)).isPresent();
    }
    world.pass(Session.LIFE);

    assertThat(resume.execute(cookie, HERE)).isEmpty();
    assertThatThrownBy(() -> resume.execute(cookie, HERE)).isInstanceOf(FloodedException.class);
  }

  @Test
  @DisplayName("a call waits shortly for the note that its session was used, and needs it not")
  void lastUseCannotBeNoted_sessionIsGood() {
    String cookie = signedIn();
    world.pass(Duration.ofMinutes(2));
    var patience = new ArrayList<Duration>();
    var stuck =
        new ResumeSession(
            untouchable(() -> patience.add(Deadline.atMost(Duration.ofSeconds(30)))),
            stores.accounts(),
            lookups,
            world::now);

    assertThat(stuck.execute(cookie, HERE)).isPresent();
    assertThat(patience)
        .singleElement()
        .satisfies(one -> assertThat(one).isLessThan(Duration.ofSeconds(1)));
  }

  /** Sessions whose use cannot be noted in time. */
  private SessionStore untouchable(Runnable tried) {
    SessionStore sessions = stores.sessions();
    return (SessionStore)
        Proxy.newProxyInstance(
            SessionStore.class.getClassLoader(),
            new Class<?>[] {SessionStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("touch")) {
                tried.run();
                throw new OutcomeUnknownException("the disk is slow", null);
              }
              return method.invoke(sessions, arguments);
            });
  }

  /** The cookie of a session that has begun now. */
  private String signedIn() {
    var account = world.account("memo");
    String cookie = madeUp();
    var session =
        new Session(
            BearerToken.digest(cookie),
            account.id(),
            "csrf",
            world.now(),
            world.now(),
            world.now());
    assertThat(
            stores.sessions().create(session, stores.passwords().hash(account.id()), world.event()))
        .isTrue();
    return cookie;
  }

  private String madeUp() {
    return Base62.random(random, 43);
  }
}
