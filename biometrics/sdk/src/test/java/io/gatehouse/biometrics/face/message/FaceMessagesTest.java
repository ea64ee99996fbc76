package io.gatehouse.biometrics.face.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.reason.ReasonTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FaceMessagesTest {
    private static final Pattern PLACE = Pattern.compile("%(\\d+\\$)[^a-zA-Z]*[a-zA-Z]");
    private static final ReasonTexts TEXTS = FaceMessages.texts();

    @Test
    void hasEveryCodeInEveryLanguage() {
        assertThat(TEXTS.locales()).containsExactlyInAnyOrder(Locale.ENGLISH, Locale.CHINESE);
        assertThat(TEXTS.codes(Locale.ENGLISH)).hasSizeGreaterThan(20);
        assertThat(TEXTS.codes(Locale.CHINESE)).isEqualTo(TEXTS.codes(Locale.ENGLISH));
    }

    @Test
    void takesTheSameArgumentsInEveryLanguage() {
        for (String code : TEXTS.codes(Locale.ENGLISH)) {
            String english = pattern(code, Locale.ENGLISH);
            String chinese = pattern(code, Locale.CHINESE);
            assertThat(places(chinese)).as(code).isEqualTo(places(english));
            // A percent sign without an argument's number would shift with the language's order of words.
            assertThat(english.replaceAll(PLACE.pattern(), "")).doesNotContain("%");
            assertThat(chinese.replaceAll(PLACE.pattern(), "")).doesNotContain("%");
            assertThat(chinese).as(code).matches(".*[\\u4e00-\\u9fff].*").isNotEqualTo(english);
        }
    }

    @Test
    void saysWhatToDoInBothLanguages() {
        Reason reason = FaceMessages.reason("face.quality.too-small", 23.4, 32.0);
        assertThat(reason.text())
                .isEqualTo("The face is too small (23 pixels between the eyes, 32 needed): come closer.");
        assertThat(FaceMessages.text(reason, Locale.SIMPLIFIED_CHINESE)).isEqualTo("人脸太小（两眼间距 23 像素，需要 32 像素）：请走近一些。");
        assertThat(FaceMessages.text(reason, Locale.GERMAN)).isEqualTo(reason.text());
    }

    @Test
    void takesAVendorsLanguage() {
        ReasonTexts more = TEXTS.and(
                ReasonTexts.of(Locale.GERMAN, Map.of("face.none", "Kein Gesicht: treten Sie vor die Kamera.")));
        assertThat(more.text(FaceMessages.reason("face.none"), Locale.GERMANY)).startsWith("Kein Gesicht");
    }

    @Test
    void refusesACodeWithoutASentence() {
        assertThatThrownBy(() -> FaceMessages.reason("face.unheard"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("face.unheard");
    }

    private static String pattern(String code, Locale locale) {
        return Objects.requireNonNull(TEXTS.pattern(code, locale));
    }

    private static List<String> places(String pattern) {
        return List.copyOf(new TreeSet<>(
                PLACE.matcher(pattern).results().map(MatchResult::group).toList()));
    }
}
