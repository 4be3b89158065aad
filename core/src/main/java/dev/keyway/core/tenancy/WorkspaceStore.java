package dev.keyway.core.tenancy;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where workspaces and their members are kept; the obligations of {@link
 * dev.keyway.core.apikey.ApiKeyStore} hold. A deleted workspace is found by no call here but {@link
 * #deletionOf}.
 */
public interface WorkspaceStore {

  /** Adds a workspace with its first owner. */
  void create(Workspace workspace, AccountId owner, AuditEvent event);

  Optional<Workspace> find(WorkspaceId id);

  /**
   * Workspaces, newest first.
   *
   * @param products an empty set means all
   * @param member only workspaces this account is a member of; null for all
   */
  Page<Workspace> list(Set<String> products, @Nullable AccountId member, PageRequest page);

  /** Changes the name. Empty when there is no such workspace. */
  Optional<Workspace> rename(
      WorkspaceId id, String name, Precondition precondition, AuditEvent event);

  /**
   * Changes plan and name: a change of rights over {@code WORKSPACE}, with the direction given.
   *
   * @return empty when there is no such workspace
   */
  Optional<Change> changePlan(
      WorkspaceId id,
      String plan,
      @Nullable String name,
      Change.Direction direction,
      Instant at,
      Precondition precondition,
      AuditEvent event);

  /**
   * Deletes a workspace: deactivates its keys, ends its memberships, deletes the resources it owns.
   * A narrowing change.
   *
   * @return the change that deleted it, even if that was earlier: nothing is written then; empty
   *     when there never was such a workspace
   */
  Optional<Change> delete(WorkspaceId id, Instant at, Precondition precondition, AuditEvent event);

  /** How a workspace was deleted; empty when it was not or never existed. */
  Optional<Deletion> deletionOf(WorkspaceId id);

  /** The members, owners first, then by the time they joined. */
  List<Member> members(WorkspaceId id);

  /** The workspaces an account is a member of. */
  List<Membership> memberships(AccountId account);

  /** One account's role; empty when it is no member. */
  Optional<Role> role(WorkspaceId id, AccountId account);

  /**
   * Adds a member or changes the role of one.
   *
   * @param precondition on the workspace's version, since a membership has none
   * @return false, and nothing written, when the last owner would cease to be one
   */
  boolean putMember(Membership membership, Instant at, Precondition precondition, AuditEvent event);

  /**
   * Removes a member and deactivates the keys they made in the workspace (MEMO-8): a narrowing
   * change, which names every key they ever made there, so that confirming a repetition confirms
   * the removal. Removing one who is no member is a change that affects no key.
   *
   * @param precondition on the workspace's version, since a membership has none
   */
  Removed removeMember(
      WorkspaceId id, AccountId account, Instant at, Precondition precondition, AuditEvent event);

  /**
   * The outcome of {@link #removeMember}.
   *
   * @param change null when it was refused because the member is the last owner
   */
  record Removed(@Nullable Change change) {}
}
