package dev.keyway.core.apikey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with what is known of its use.
 *
 * @param lastUsedAt written in batches, so up to a flush interval behind; null when never used
 */
public record ListedKey(ApiKey key, @Nullable Instant lastUsedAt) {}
