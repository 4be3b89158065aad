package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyway.core.RefusedException;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A body is refused, or it says what another reader of JSON finds in it, to the character. */
class JsonFuzzTest {
  private static final JsonMapper OTHER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final Set<String> FIELDS = Set.of("name", "is_counted", "rights", "expires_in");

  @FuzzTest(maxDuration = "60s")
  void read(byte[] body) throws IOException {
    List<Json.Text> texts = Json.texts(body);
    Body read;
    try {
      if (body.length > 0) {
        BodyForm.require(
            MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json"), body);
      }
      read = Json.read(body, Body.class);
    } catch (RefusedException.Invalid refused) {
      assertThat(refused.detail()).isNotEmpty().hasSizeLessThan(300).doesNotContain("Exception");
      return;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(body);
    JsonNode tree = OTHER.readTree(body.length == 0 ? "{}" : text);
    assertThat(tree.propertyStream().allMatch(member -> FIELDS.contains(member.getKey()))).isTrue();
    assertText(read.name, tree.path("name"), texts);
    assertText(read.expiresIn, tree.path("expires_in"), texts);
    assertThat(read.isCounted == null ? "null" : read.isCounted.toString())
        .isEqualTo(tree.path("is_counted").asText("null"));
    List<String> rights = read.rights == null ? List.of() : read.rights;
    assertThat(rights)
        .isEqualTo(tree.path("rights").valueStream().map(JsonNode::textValue).toList());
  }

  private static void assertText(@Nullable String read, JsonNode found, List<Json.Text> texts) {
    assertThat(read).isEqualTo(found.textValue());
    if (read != null) {
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(read)).isTrue();
      assertThat(read.indexOf('\0')).isNegative();
      assertThat(texts).anyMatch(text -> text.value().equals(read));
    }
  }

  private record Body(
      @Nullable String name,
      @Nullable Boolean isCounted,
      @Nullable List<String> rights,
      @Nullable String expiresIn) {}
}
