package dev.keyway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do, filled in.
 *
 * @param language that of the text
 * @param path the file that the text belongs to; without it the text is a command or is pasted
 * @param json what is to stand in that file, where it is a JSON file
 * @param isWholeFile whether the text is all of the file
 * @param evidence {@code documented}, {@code reported} or {@code unverified}; null as for the
 *     client
 */
record Step(
    String title,
    String language,
    @Nullable String path,
    @Nullable String text,
    @Nullable JsonNode json,
    boolean isWholeFile,
    @Nullable String evidence) {}
