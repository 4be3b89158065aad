package dev.keyway.cli.http;

import java.net.http.HttpHeaders;

/**
 * An answer of the server, whatever its status.
 *
 * @param body as it came
 */
public record Answer(int status, HttpHeaders headers, String body) {}
