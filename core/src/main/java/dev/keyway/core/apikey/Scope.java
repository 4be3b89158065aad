package dev.keyway.core.apikey;

/**
 * The one thing a key opens.
 *
 * @param id the account's, workspace's or resource's id
 */
public record Scope(ScopeKind kind, String id) {}
