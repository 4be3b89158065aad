package dev.keyway.core.product;

/**
 * A plan of a product, as far as keys are concerned (MEMO-4).
 *
 * @param api whether the API and MCP are part of it
 */
public record Plan(String name, boolean api) {}
