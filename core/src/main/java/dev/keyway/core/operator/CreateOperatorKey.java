package dev.keyway.core.operator;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.KeySecret;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Principal.Operator;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Creates an operator key and hands out its secret, once. */
public final class CreateOperatorKey {
  private final Access access;
  private final OperatorKeyStore keys;
  private final KeyDigester digester;
  private final SecureRandom random;
  private final InstantSource clock;

  public CreateOperatorKey(
      Access access,
      OperatorKeyStore keys,
      KeyDigester digester,
      SecureRandom random,
      InstantSource clock) {
    this.access = access;
    this.keys = keys;
    this.digester = digester;
    this.random = random;
    this.clock = clock;
  }

  /** What to create; an empty set of products means all. */
  public record Command(@Nullable String name, Set<Right> rights, Set<String> products) {}

  /** Creates the key for an operator; nobody can give a right that is not their own. */
  public NewOperatorKey execute(Caller caller, Command command) {
    Operator operator = unlimited(caller, Right.MANAGE);
    command.rights().forEach(right -> Access.requireRight(operator, right));
    NewOperatorKey created = make(command);
    keys.create(created.key(), event(caller, created.key()));
    return created;
  }

  /**
   * Creates a key on the machine itself, where whoever can write the store is the operator.
   *
   * @param handOver is given the secret before the key counts, so that no crash leaves a key in the
   *     store whose secret nobody has
   */
  public NewOperatorKey executeLocally(
      Command command, AuditEvent event, Consumer<KeySecret> handOver) {
    NewOperatorKey created = make(command);
    handOver.accept(created.secret());
    keys.create(created.key(), event);
    return created;
  }

  /** The caller as an operator who is not limited to some products; refused otherwise. */
  static Operator unlimited(Caller caller, Right right) {
    Operator operator = Access.operator(caller, right);
    if (!operator.key().products().isEmpty()) {
      throw Forbidden.call("An operator key limited to products cannot manage operator keys.");
    }
    return operator;
  }

  private NewOperatorKey make(Command command) {
    if (command.rights().isEmpty()) {
      throw Invalid.request("'rights' must name at least one of verify, read, manage.");
    }
    command.products().forEach(access::product);
    KeyFormat.Generated generated = KeyFormat.generate(OperatorKey.KEY_PREFIX, random);
    Instant now = clock.instant();
    var key =
        new OperatorKey(
            new OperatorKeyId(OperatorKeyId.PREFIX + generated.key().id().characters()),
            Texts.line("name", command.name(), 100),
            command.rights(),
            command.products(),
            digester.digest(generated.key()),
            now,
            null);
    return new NewOperatorKey(key, generated.secret());
  }

  private static AuditEvent event(Caller caller, OperatorKey key) {
    return caller.done(
        "operator_key.create", key.createdAt(), AuditEvent.Subject.NONE, key.id().text());
  }
}
