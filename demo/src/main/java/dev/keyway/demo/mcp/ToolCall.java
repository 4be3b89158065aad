package dev.keyway.demo.mcp;

import dev.keyway.demo.web.Caller;

/**
 * One call of a tool: who calls and with what.
 *
 * @param caller taken from the headers of the very request that carries the call, not of the one
 *     that opened the session
 */
public record ToolCall(Caller caller, ToolArguments arguments) {}
