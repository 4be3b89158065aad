package dev.keyway.app.config;

import java.nio.file.Path;

/**
 * A listener's certificate.
 *
 * @param certificate a PEM file: the certificate and those that signed it
 * @param key a PEM file: its private key
 */
public record Tls(Path certificate, Path key) {}
