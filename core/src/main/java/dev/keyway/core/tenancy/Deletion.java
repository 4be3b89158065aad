package dev.keyway.core.tenancy;

import dev.keyway.core.change.Change;

/**
 * What is kept of an account, a workspace or a resource that was deleted, so that deleting it again
 * can be allowed and confirmed again.
 *
 * @param product the slug of the product it was of
 * @param change the change that deleted it
 */
public record Deletion(String product, Change change) {}
