package dev.keyway.core.contract;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key in the making; unless told otherwise it opens its creator's account and never expires. */
public final class KeyDraft {
  private final World world;
  private final Account creator;
  private String id;
  private @Nullable String name = "laptop/cursor";
  private @Nullable String description;
  private Scope scope;
  private @Nullable WorkspaceId workspace;
  private @Nullable ApiKeyId createdByKey;
  private Instant createdAt;
  private @Nullable Instant expiresAt;

  KeyDraft(World world, Account creator, String id, Instant createdAt) {
    this.world = world;
    this.creator = creator;
    this.id = id;
    this.createdAt = createdAt;
    this.scope = new Scope(ScopeKind.ACCOUNT, creator.id().text());
  }

  /** Sets the 12 characters of its id. */
  public KeyDraft id(String characters) {
    id = characters;
    return this;
  }

  public KeyDraft name(@Nullable String text) {
    name = text;
    return this;
  }

  public KeyDraft description(@Nullable String text) {
    description = text;
    return this;
  }

  /** Scopes it to a workspace. */
  public KeyDraft in(Workspace place) {
    workspace = place.id();
    scope = new Scope(ScopeKind.WORKSPACE, place.id().text());
    return this;
  }

  /** Scopes it to a resource. */
  public KeyDraft on(Resource resource) {
    workspace = resource.workspace();
    scope = new Scope(ScopeKind.RESOURCE, resource.id().text());
    return this;
  }

  public KeyDraft createdByKey(ApiKey key) {
    createdByKey = key.id();
    return this;
  }

  public KeyDraft createdAt(Instant at) {
    createdAt = at;
    return this;
  }

  public KeyDraft expiresAt(Instant at) {
    expiresAt = at;
    return this;
  }

  /** The key, stored nowhere. */
  public ApiKey draft() {
    byte[] digest = Arrays.copyOf(id.getBytes(StandardCharsets.US_ASCII), 32);
    return new ApiKey(
        new ApiKeyId(id),
        creator.product(),
        name,
        description,
        scope,
        creator.id(),
        workspace,
        createdByKey,
        new KeyDigest(KeyDigest.NO_PEPPER, digest),
        "x9Qa",
        createdAt,
        expiresAt,
        null,
        null,
        1);
  }

  /** The key, stored without a limit. */
  public ApiKey add() {
    return world.add(draft());
  }
}
