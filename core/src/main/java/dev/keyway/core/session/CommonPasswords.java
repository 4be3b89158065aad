package dev.keyway.core.session;

import java.util.Set;

/**
 * The passwords that are tried first: the heads of published lists of leaked ones, as far as they
 * are long enough to be chosen at all.
 */
final class CommonPasswords {
  private static final Set<String> WORDS =
      Set.of(
          "01234567890123456789",
          "0987654321098765",
          "098765432109876543210",
          "112233445566",
          "111222333444",
          "121212121212",
          "123123123123",
          "1234567890-=",
          "123456789012",
          "1234567890123",
          "12345678901234",
          "123456789012345",
          "1234567890123456",
          "12345678901234567890",
          "123456789abc",
          "123456789qwe",
          "1234567890qwertyuiop",
          "1234qwerasdf",
          "1234qwerasdfzxcv",
          "123qweasdzxc",
          "1q2w3e4r5t6y",
          "1q2w3e4r5t6y7u8i",
          "1qaz2wsx3edc",
          "1qaz2wsx3edc4rfv",
          "abc123abc123",
          "abcd12345678",
          "abcdefghijkl",
          "abcdefghijklmnopqrstuvwxyz",
          "administrator",
          "adminadminadmin",
          "asdfghjkl123",
          "asdfghjklzxcvbnm",
          "changemenow1",
          "changeme1234",
          "football1234",
          "iloveyou1234",
          "iloveyouforever",
          "letmein12345",
          "letmeinplease",
          "p@ssw0rd1234",
          "passw0rd1234",
          "password1234",
          "password12345",
          "password123456",
          "password!234",
          "passwordpassword",
          "qazwsxedcrfv",
          "qazwsxedcrfvtgb",
          "qwerty123456",
          "qwerty1234567890",
          "qwertyqwerty",
          "qwertyuiop12",
          "qwertyuiop123",
          "qwertyuiopasdfghjklzxcvbnm",
          "q1w2e3r4t5y6",
          "sunshine1234",
          "superman1234",
          "trustno1trustno1",
          "unbelievable",
          "welcome12345",
          "welcome123456",
          "zaq12wsxcde3",
          "zxcvbnmasdfghjkl");

  private CommonPasswords() {}

  /** Whether it is one of them; {@code folded} is in lower case. */
  static boolean contain(String folded) {
    return WORDS.contains(folded);
  }
}
