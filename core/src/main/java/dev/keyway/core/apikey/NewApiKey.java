package dev.keyway.core.apikey;

/**
 * A key just created: the only type that carries a secret outwards.
 *
 * @param secret to be shown once; nothing keeps it
 */
public record NewApiKey(ApiKey key, KeySecret secret) {}
