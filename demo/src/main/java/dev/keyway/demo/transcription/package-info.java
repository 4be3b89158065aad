/** Memo's upstream: transcriptions of a workspace, over REST and MCP. */
@NullMarked
package dev.keyway.demo.transcription;

import org.jspecify.annotations.NullMarked;
