package dev.keyway.core.apikey;

import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.product.Product;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Creates a key and hands out its secret, once (ALL-1). */
public final class CreateApiKey {
  private final Access access;
  private final KeyAccess keyAccess;
  private final KeyOwnership ownership;
  private final ApiKeyStore keys;
  private final KeyDigester digester;
  private final SecureRandom random;
  private final InstantSource clock;

  public CreateApiKey(
      Access access,
      KeyAccess keyAccess,
      KeyOwnership ownership,
      ApiKeyStore keys,
      KeyDigester digester,
      SecureRandom random,
      InstantSource clock) {
    this.access = access;
    this.keyAccess = keyAccess;
    this.ownership = ownership;
    this.keys = keys;
    this.digester = digester;
    this.random = random;
    this.clock = clock;
  }

  /**
   * What is asked for; everything but the product may be left out where the product allows it.
   *
   * @param expiresIn one of the product's choices, such as {@code 30d}
   */
  public record Command(
      String product,
      @Nullable String account,
      @Nullable String workspace,
      @Nullable String resource,
      @Nullable String name,
      @Nullable String description,
      @Nullable String expiresIn,
      @Nullable Instant expiresAt) {}

  /** Creates the key, or refuses with the first rule that forbids it. */
  public NewApiKey execute(Caller caller, Command command) {
    keyAccess.requireSelfManagement(caller);
    if (caller.principal() instanceof Principal.Person person) {
      person.requireFreshAt(clock.instant());
    }
    Product product = access.product(command.product());
    String name = KeyWords.nameOfNew(command.name(), product.key().name());
    String description = KeyWords.description(command.description());
    var wish = new KeyOwnership.Wish(command.account(), command.workspace(), command.resource());
    KeyOwnership.Owner owner = ownership.of(caller, product, wish);
    KeyFormat.Generated generated = KeyFormat.generate(product.key().prefix(), random);
    ApiKey key = key(caller, command, product, owner, generated, new Words(name, description));
    AuditEvent event = caller.done("key.create", key.createdAt(), subject(key), null);
    if (!keys.create(key, product.key().maxActive(), event)) {
      Integer maxActive = product.key().maxActive();
      throw Conflict.keyLimit(maxActive == null ? 0 : maxActive);
    }
    return new NewApiKey(key, generated.secret());
  }

  private ApiKey key(
      Caller caller,
      Command command,
      Product product,
      KeyOwnership.Owner owner,
      KeyFormat.Generated generated,
      Words words) {
    Instant now = clock.instant();
    ApiKey maker = caller.principal() instanceof Principal.KeyHolder holder ? holder.key() : null;
    return new ApiKey(
        generated.key().id(),
        product.slug(),
        words.name(),
        words.description(),
        owner.scope(),
        owner.account(),
        owner.workspace(),
        maker == null ? null : maker.id(),
        digester.digest(generated.key()),
        generated.suffix(),
        now,
        KeyExpiry.of(
            product.key().expiry(),
            command.expiresIn(),
            command.expiresAt(),
            maker == null ? null : maker.expiresAt(),
            now),
        null,
        null,
        1);
  }

  private record Words(@Nullable String name, @Nullable String description) {}

  /** How the trail names what happened to a key. */
  static AuditEvent.Subject subject(ApiKey key) {
    var workspace = key.workspace();
    return new AuditEvent.Subject(
        key.product(),
        key.id().toString(),
        key.createdBy().text(),
        workspace == null ? null : workspace.text());
  }
}
