/** Enforces Keyway's decisions in a Spring Boot application by two lines of configuration. */
@NullMarked
package dev.keyway.client.spring;

import org.jspecify.annotations.NullMarked;
