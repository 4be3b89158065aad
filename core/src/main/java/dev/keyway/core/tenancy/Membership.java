package dev.keyway.core.tenancy;

/** One account's place in one workspace. */
public record Membership(WorkspaceId workspace, AccountId account, Role role) {}
