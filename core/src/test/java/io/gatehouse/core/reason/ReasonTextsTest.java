package io.gatehouse.core.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonTextsTest {
    private static final Reason SMALL =
            Reason.format("face.small", "The face has %.0f pixels, %d are needed: come closer.", 23.6, 40);
    private static final ReasonTexts CHINESE = ReasonTexts.of(
            Locale.CHINESE, Map.of("face.small", "需要 %2$d 像素，脸只有 %1$.0f 像素：请走近一些。", "face.none", "没有人脸。"));

    @Test
    void saysAReasonInAnotherLanguageWithItsArguments() {
        assertThat(SMALL.text()).isEqualTo("The face has 24 pixels, 40 are needed: come closer.");
        assertThat(CHINESE.text(SMALL, Locale.CHINESE)).isEqualTo("需要 40 像素，脸只有 24 像素：请走近一些。");
        assertThat(CHINESE.text(SMALL, Locale.TAIWAN)).isEqualTo("需要 40 像素，脸只有 24 像素：请走近一些。");
    }

    @Test
    void staysEnglishWithoutASentenceOrArguments() {
        assertThat(CHINESE.text(SMALL, Locale.FRENCH)).isEqualTo(SMALL.text());
        assertThat(CHINESE.text(Reason.of("face.other", "Another."), Locale.CHINESE))
                .isEqualTo("Another.");
        Reason readAgain = Reason.of(SMALL.code(), SMALL.text());
        assertThat(readAgain).isEqualTo(SMALL).hasSameHashCodeAs(SMALL);
        assertThat(CHINESE.text(readAgain, Locale.CHINESE)).isEqualTo(SMALL.text());
    }

    @Test
    void addsLanguagesAndReplacesSentences() throws IOException {
        ReasonTexts all = CHINESE.and(ReasonTexts.read(
                        Locale.FRENCH,
                        new StringReader("face.small = Approchez-vous (%1$.0f, %2$d).\nface.none = Personne.")))
                .and(ReasonTexts.of(Locale.CHINESE, Map.of("face.none", "请站到摄像头前。")));
        assertThat(all.locales()).containsExactlyInAnyOrder(Locale.CHINESE, Locale.FRENCH);
        assertThat(all.codes(Locale.CHINESE)).containsExactly("face.none", "face.small");
        assertThat(all.text(SMALL, Locale.CANADA_FRENCH)).isEqualTo("Approchez-vous (24, 40).");
        assertThat(all.text(Reason.of("face.none", "None."), Locale.CHINA)).isEqualTo("请站到摄像头前。");
        assertThat(all.pattern("face.none", Locale.GERMAN)).isNull();
    }

    @Test
    void keepsOnlyWhatCannotChange() {
        StringBuilder changing = new StringBuilder("a door");
        Reason reason = Reason.format("door.stuck", "%s is stuck %d times in %d ms.", changing, 2, 5L);
        changing.append("!");
        assertThat(reason.arguments()).isEqualTo(List.of("a door", 2, 5L));
    }
}
