/**
 * Enforces Keyway's decisions in any container of Jakarta Servlet 6: {@link
 * dev.keyway.client.servlet.KeywayFilter}.
 */
@NullMarked
package dev.keyway.client.servlet;

import org.jspecify.annotations.NullMarked;
