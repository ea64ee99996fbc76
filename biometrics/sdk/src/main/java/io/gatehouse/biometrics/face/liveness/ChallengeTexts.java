package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.core.reason.Reason;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of a challenge, from {@code ChallengeTexts*.properties}. */
final class ChallengeTexts {
    private static final String NAME = "io.gatehouse.biometrics.face.liveness.ChallengeTexts";

    private ChallengeTexts() {}

    static String text(String key, Locale locale) {
        // One of the two that there are: left to itself a bundle falls back to the machine's language, not to English.
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        return ResourceBundle.getBundle(NAME, chinese ? Locale.CHINESE : Locale.ROOT)
                .getString(key);
    }

    static Reason reason(String word) {
        String code = "face.challenge." + word;
        return Reason.of(code, text(code, Locale.ROOT));
    }
}
