package dev.keyway.core.operator;

import dev.keyway.core.apikey.KeySecret;

/**
 * An operator key just created.
 *
 * @param secret to be shown once; nothing keeps it
 */
public record NewOperatorKey(OperatorKey key, KeySecret secret) {}
