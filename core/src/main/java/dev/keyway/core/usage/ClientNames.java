package dev.keyway.core.usage;

import dev.keyway.core.apikey.KeyLikeText;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a {@code User-Agent} (RFC 9110, 10.1.5) what may be kept of it: its products with their
 * versions, such as {@code claude-code/2.1.317}, and none of its comments. Whoever sends it can put
 * anything there, so parts too long for a name or a version are left out, and all of it where a
 * whole key stands in it (ALL-1).
 */
public final class ClientNames {
  /** Longer than any browser's; what is longer is no name. */
  static final int LONGEST_USER_AGENT = 512;

  static final int LONGEST_NAME = 80;

  private static final String WORD = "[0-9A-Za-z][0-9A-Za-z._+~-]{0,31}";
  private static final Pattern PRODUCT =
      Pattern.compile("(?<!\\S)" + WORD + "(?:/" + WORD + ")?(?!\\S)");

  /** Few clients ever send a key there; of two that share a place the later one stays. */
  private static final int BLANKED = 1_024;

  private final KeyLikeText keys;

  /**
   * Digests of texts that hold a key, each at its place: such a client is met again with every
   * request, and must not be searched each time. They tell nothing of the text, nor can anybody
   * choose one, for the multiplier is random.
   */
  private final AtomicLongArray blanked = new AtomicLongArray(BLANKED);

  private final long multiplier = new SplittableRandom().nextLong() | 1;

  public ClientNames(KeyLikeText keys) {
    this.keys = keys;
  }

  /** Whether a client may be told from others by this text, for as long as it is in memory. */
  boolean mayBeKept(String userAgent) {
    if (userAgent.length() > LONGEST_USER_AGENT) {
      return false;
    }
    long digest = digest(userAgent);
    int place = (int) (digest >>> Integer.SIZE) & (BLANKED - 1);
    if (blanked.get(place) == digest) {
      return false;
    }
    boolean holdsKey = keys.isIn(userAgent);
    if (holdsKey) {
      blanked.set(place, digest);
    }
    return !holdsKey;
  }

  private long digest(String text) {
    long digest = multiplier;
    for (int i = 0; i < text.length(); i++) {
      digest = (digest ^ text.charAt(i)) * multiplier;
      digest ^= digest >>> Integer.SIZE;
    }
    // No digest is zero: so an empty place is.
    return digest == 0 ? 1 : digest;
  }

  /**
   * At most {@value #LONGEST_NAME} printable ASCII characters.
   *
   * @param userAgent one that may be kept; null for none
   * @return null when the text names no product
   */
  @Nullable String of(@Nullable String userAgent) {
    if (userAgent == null) {
      return null;
    }
    List<String> products = new ArrayList<>();
    int length = -1;
    Matcher product = PRODUCT.matcher(withoutComments(userAgent));
    while (product.find()) {
      length += 1 + product.group().length();
      if (length > LONGEST_NAME) {
        break;
      }
      products.add(product.group());
    }
    String name = String.join(" ", products);
    return name.isEmpty() || keys.isIn(name) ? null : name;
  }

  /** Comments may hold comments; an unbalanced one reaches to the end. */
  private static String withoutComments(String text) {
    var kept = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '(') {
        depth++;
      } else if (character == ')' && depth > 0) {
        depth--;
        kept.append(' ');
      } else if (depth == 0) {
        kept.append(character);
      }
    }
    return kept.toString();
  }
}
