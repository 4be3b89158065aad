package dev.keyway.server.api;

import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.audit.AuditEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The commits of changes, of which one can get stuck: its caller hears nothing in time. */
final class Commits {
  /** Writes that leave no row of the trail. */
  private static final Set<String> NOTES =
      Set.of("touch", "begin", "complete", "abandon", "interrupt");

  private final AtomicReference<Stuck> next = new AtomicReference<>(Stuck.NOT);
  private volatile boolean nothingIsWritten;

  /** How a commit is stuck. */
  enum Stuck {
    NOT,
    /** It fails in the end. */
    NEVER_DONE,
    /** It is done, after its caller has gone. */
    DONE_LATE
  }

  /** Lets the next commit be stuck, and only that one. */
  void next(Stuck how) {
    next.set(how);
  }

  /** Lets nothing be written any more, be it a change or a note. */
  void nothingIsWritten() {
    nothingIsWritten = true;
  }

  /** A port whose changes are those calls that write a row of the trail. */
  <T> T of(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> call(store, method, arguments)));
  }

  private @Nullable Object call(Object store, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean isChange = Arrays.asList(method.getParameterTypes()).contains(AuditEvent.class);
    if (nothingIsWritten && (isChange || NOTES.contains(method.getName()))) {
      throw new OutcomeUnknownException("the disk is stuck", null);
    }
    Stuck stuck = isChange ? next.getAndSet(Stuck.NOT) : Stuck.NOT;
    Object result = stuck == Stuck.NEVER_DONE ? null : invoke(store, method, arguments);
    if (stuck != Stuck.NOT) {
      throw new OutcomeUnknownException("the disk is slow", null);
    }
    return result;
  }

  private static @Nullable Object invoke(Object store, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
