package io.gatehouse.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final PersonId GUARD = PersonId.of("guard-77");
    private static final PersonId ANNA = PersonId.of("anna-1001");

    private static final CodeEvidence CODE = CodeEvidence.ofText("GH1:SECRET", NOW, "scanner");
    private static final CardEvidence CARD = new CardEvidence("H10301", 123, 4567, NOW, "reader");
    private static final ManualEvidence WORD = new ManualEvidence(GUARD, ANNA, "passport C01X", NOW, "desk");

    @Test
    void isOfTheKindThatItFoldsInto() {
        FaceEvidence face = FaceEvidence.of(frame(NOW));
        for (Evidence evidence : List.of(face, CODE, CARD, WORD)) {
            Method folded = evidence.fold(it -> Method.FACE, it -> Method.CODE, it -> Method.CARD, it -> Method.MANUAL);
            assertThat(evidence.method()).isEqualTo(folded);
            assertThat(evidence.capturedAt()).isEqualTo(NOW);
        }
    }

    @Test
    void copiesTheCodesBytesInAndOut() {
        byte[] bytes = {1, 2, 3};
        CodeEvidence code = new CodeEvidence(bytes, NOW, "scanner");
        bytes[0] = 9;
        code.payload()[1] = 9;
        assertThat(code.payload()).containsExactly(1, 2, 3);
        assertThat(code).isEqualTo(new CodeEvidence(new byte[] {1, 2, 3}, NOW, "scanner"));
    }

    @Test
    void takesAFaceToBeAsOldAsItsNewestFrame() {
        FaceEvidence face = new FaceEvidence(List.of(frame(NOW.minusSeconds(2)), frame(NOW)));
        assertThat(face.capturedAt()).isEqualTo(NOW);
    }

    @Test
    void keepsWhatGivesAccessOrIsPersonalOutOfText() {
        assertThat(CODE.toString()).contains("scanner").doesNotContain("SECRET");
        assertThat(CARD.toString()).contains("reader").doesNotContain("4567").doesNotContain("123");
        assertThat(WORD.toString())
                .contains("desk")
                .doesNotContain("guard-77")
                .doesNotContain("anna-1001")
                .doesNotContain("passport");
    }

    @Test
    void refusesWhatCannotBeEvidence() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FaceEvidence(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new CodeEvidence(new byte[0], NOW, "scanner"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CodeEvidence(new byte[100_001], NOW, "scanner"))
                .withMessageContaining("100001");
        assertThatIllegalArgumentException().isThrownBy(() -> new CardEvidence("H10301", -1, 1, NOW, "reader"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ManualEvidence(GUARD, ANNA, " ", NOW, "desk"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManualEvidence(GUARD, ANNA, "x".repeat(501), NOW, "desk"))
                .withMessageContaining("501");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManualEvidence(GUARD, GUARD, "passport", NOW, "desk"))
                .withMessageContaining("vouch");
    }

    private static Frame frame(Instant capturedAt) {
        return Frame.ofBgr(1, 1, new byte[3], capturedAt, "camera");
    }
}
