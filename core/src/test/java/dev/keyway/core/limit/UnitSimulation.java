package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.ModelUnits.Flaw;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes and a shared store under virtual time, by a seed: clocks that run up to a tenth too
 * fast or too slow, calls that are lost, late or unheard, nodes that lose the store and come back,
 * nodes that crash or stop and begin anew, that hear nothing of the others or are shut out by them,
 * a store that forgets. Each admission slides the windows over all before it.
 */
final class UnitSimulation {
  /** How long a node believes what it heard of the others, and when it asks again. */
  private static final long HEARD_MICROS = 5_000_000;

  private static final long ASKED_MICROS = 1_000_000;

  /** After so long a crashed node is shut out by the others. */
  private static final long FENCED_MICROS = 4_000_000;

  private final Random random;
  private final int breadth;
  private final ModelUnits model;
  private final List<Charge> charges = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(Late::at));
  private final Map<String, Deque<long[]>> admitted = new HashMap<>();
  private final List<Long> crashes = new ArrayList<>();
  private long micros = 1_000_000_000L;
  private int names;
  private boolean isStoreDown;
  private int admissions;
  private int refusals;
  private int shared;
  private long overshoot;

  private final Deque<String> notes = new ArrayDeque<>();
  private List<String> firstFault = List.of();

  private record Late(long at, Runnable work) {}

  /**
   * A simulation of windows of 2 s and 3 s.
   *
   * @param breadth how many times as long they are
   */
  UnitSimulation(long seed, int breadth, Flaw flaw) {
    this.random = new Random(seed);
    this.breadth = breadth;
    this.model = new ModelUnits(flaw);
    var ofKey = new RateLimit("key", 20, Duration.ofSeconds(2L * breadth));
    var ofMember =
        new RateLimit(
            "member",
            new Allowance.Same(33),
            new Period.Rolling(Duration.ofSeconds(3L * breadth)),
            CountedBy.MEMBER);
    var limits = Limits.of(List.of(ofKey, ofMember));
    for (int cost = 1; cost <= 3; cost++) {
      charges.add(Objects.requireNonNull(limits.charge(List.of("key", "member"), cost)));
    }
    for (int i = 0; i < 3; i++) {
      nodes.add(new Node(i == 0 ? 0 : random.nextInt(3)));
    }
  }

  long overshoot() {
    return overshoot;
  }

  int admissions() {
    return admissions;
  }

  int refusals() {
    return refusals;
  }

  /** How many requests were admitted by nodes on their own. */
  int shared() {
    return shared;
  }

  void run(Duration time) {
    long end = micros + time.toNanos() / 1_000;
    while (micros < end) {
      upset();
      Node node = nodes.get(random.nextInt(nodes.size()));
      switch (random.nextInt(4)) {
        case 0, 1 -> node.requests(1 + random.nextInt(6));
        case 2 -> node.ask();
        default -> pass((long) breadth * random.nextInt(random.nextInt(20) == 0 ? 300_000 : 8_000));
      }
    }
  }

  private void upset() {
    int event = random.nextInt(100_000);
    if (event < 6) {
      isStoreDown = true;
      note("store down");
    } else if (event < 12) {
      isStoreDown = false;
      note("store up");
    } else if (event < 30) {
      Node node = nodes.get(random.nextInt(nodes.size()));
      node.isCut = !node.isCut;
      note(node.name + (node.isCut ? " cut" : " healed"));
    } else if (event < 33) {
      model.lose(micros / 1_000);
      note("store forgets");
    } else if (event < 36) {
      int index = random.nextInt(nodes.size());
      crashes.add(micros);
      note(nodes.get(index).name + " crashes");
      nodes.set(index, new Node(random.nextInt(3)));
    } else if (event < 40) {
      int index = random.nextInt(nodes.size());
      note(nodes.get(index).name + " stops");
      nodes.get(index).stop();
      nodes.set(index, new Node(random.nextInt(3)));
    } else if (event < 60) {
      nodes.get(random.nextInt(nodes.size())).hear(event >= 45);
    } else if (event < 80) {
      nodes.get(random.nextInt(nodes.size())).beOut(event < 65);
    }
  }

  /** What happened before a window first held too much. */
  List<String> firstFault() {
    return firstFault;
  }

  private void note(String what) {
    if (notes.size() == 40) {
      notes.removeFirst();
    }
    notes.add(micros / 1_000 - 1_000_000 + " " + what);
  }

  private void pass(long by) {
    long until = micros + by;
    while (!late.isEmpty() && late.peek().at() <= until) {
      Late next = late.remove();
      micros = Math.max(micros, next.at());
      next.work().run();
    }
    micros = Math.max(micros, until);
    if (random.nextBoolean()) {
      // Threads of the event loop go on while others wait for the store.
      nodes.get(random.nextInt(nodes.size())).requests(1 + random.nextInt(3));
    }
  }

  private int members() {
    crashes.removeIf(at -> micros - at > FENCED_MICROS);
    return (int) nodes.stream().filter(node -> !node.isOut).count() + crashes.size();
  }

  private void admit(String limit, long windowMillis, long allowed, int cost) {
    Deque<long[]> all = admitted.computeIfAbsent(limit, _ -> new ArrayDeque<>());
    while (!all.isEmpty() && all.getFirst()[0] <= micros - windowMillis * 1_000) {
      all.removeFirst();
    }
    all.add(new long[] {micros, cost});
    long used = all.stream().mapToLong(one -> one[1]).sum();
    if (overshoot <= 0 && used > allowed) {
      note("%s has %d of %d".formatted(limit, used, allowed));
      firstFault = List.copyOf(notes);
    }
    overshoot = Math.max(overshoot, used - allowed);
  }

  private final class Node implements SharedUnits, SharingUnits.Events {
    private final String name = "n" + names++;
    private final double rate;
    private final SharingUnits units;
    private final SharedLimiter limiter;
    private final TestCaller caller = new TestCaller("key_1", "acc_1", "ws_1", null);
    private boolean isCut;
    private boolean isDeaf;
    private boolean isOut;
    private int joins;
    private Membership heard = new Membership.Unheard();
    private long heardAt = micros - HEARD_MICROS;
    private boolean isAsking;
    private boolean isSharing;

    Node(int speed) {
      this.rate = new double[] {1, 0.92, 1.08}[speed];
      this.units = new SharingUnits(this, this::membership, this::millis, false, this);
      this.limiter = new SharedLimiter(units, this::nanos, () -> {}, () -> {}, name);
      limiter.begin();
    }

    private Membership membership() {
      if (micros - heardAt >= ASKED_MICROS && !isDeaf) {
        heardAt = micros;
        heard =
            isOut ? new Membership.Outside() : new Membership.Among(name + '.' + joins, members());
      }
      return micros - heardAt < HEARD_MICROS ? heard : new Membership.Unheard();
    }

    void hear(boolean isHearing) {
      isDeaf = !isHearing;
      note(name + (isHearing ? " hears" : " is deaf"));
    }

    /** It is shut out, or comes back. */
    void beOut(boolean isShutOut) {
      joins += isOut && !isShutOut ? 1 : 0;
      isOut = isShutOut;
      note(name + (isOut ? " is out" : " is in"));
    }

    void stop() {
      isAsking = true;
      try {
        limiter.close();
      } catch (UnavailableException e) {
        note(name + " cannot say that it stops");
      }
    }

    private long nanos() {
      return (long) (micros * rate * 1_000);
    }

    private long millis() {
      return nanos() / 1_000_000;
    }

    void requests(int number) {
      for (int i = 0; i < number; i++) {
        int cost = 1 + random.nextInt(charges.size());
        LimitState state = limiter.acquireIfReady(charges.get(cost - 1), caller);
        if (state != null && state.admitted()) {
          admissions++;
          shared += isSharing ? 1 : 0;
          admit("key", 2_000L * breadth, 20, cost);
          admit("member", 3_000L * breadth, 33, cost);
        } else if (state != null) {
          refusals++;
        }
      }
    }

    void ask() {
      if (!isAsking) {
        isAsking = true;
        limiter.writeDue();
        isAsking = false;
      }
    }

    @Override
    public List<UnitStore.Grant> claim(Standing standing, List<UnitStore.Claim> claims) {
      if (isStoreDown || isCut) {
        throw new UnavailableException("cut", null);
      }
      Supplier<List<UnitStore.Grant>> call =
          () -> model.claim(name, standing, claims, micros / 1_000);
      @Nullable List<UnitStore.Grant> answer = null;
      switch (random.nextInt(40)) {
        case 0 ->
            late.add(
                new Late(
                    micros + random.nextInt(1_900_000),
                    () -> {
                      var _ = call.get();
                    }));
        case 1 -> {
          pass(random.nextInt(50_000));
          var _ = call.get();
        }
        default -> {
          pass(random.nextInt(3_000));
          answer = call.get();
          pass(random.nextInt(random.nextInt(10) == 0 ? 120_000 : 3_000));
        }
      }
      if (answer == null) {
        throw new UnavailableException("no answer", null);
      }
      return answer;
    }

    @Override
    public boolean isReachable() {
      return !isStoreDown && !isCut;
    }

    @Override
    public void leave() {
      if (isReachable()) {
        model.leave(name);
      }
    }

    @Override
    public void close() {}

    @Override
    public void lost(String why) {
      note(name + " loses the store: " + why);
    }

    @Override
    public void shares(int divisor) {
      isSharing = true;
      note(name + " shares by " + divisor);
    }

    @Override
    public void found() {
      note(name + " finds the store");
      isSharing = false;
    }
  }
}
