package io.gatehouse.core.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CheckpointNoteTest {
    /** The example in the documentation of golang.org/x/mod/sumdb/note, which the C2SP format is from. */
    private static final String KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String SIGNATURE =
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf" + "qdngotpRZb6KE6RyyBwJnAM=";

    @Test
    void verifiesThePublishedExample() {
        VerifierKey key = VerifierKey.parse(KEY);
        byte[] named = Base64.getDecoder().decode(SIGNATURE);
        byte[] signature = Arrays.copyOfRange(named, 4, named.length);
        assertThat(key).hasToString(KEY);
        assertThat(key.id()).isEqualTo(Arrays.copyOf(named, 4));
        assertThat(key.verifies(TEXT.getBytes(StandardCharsets.UTF_8), signature))
                .isTrue();
        assertThat(key.verifies((TEXT + "x").getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(key.verifies(TEXT.getBytes(StandardCharsets.UTF_8), new byte[3]))
                .isFalse();
    }

    @Test
    void refusesKeysThatWereMistyped() {
        for (String wrong : new String[] {
            "", "name", "a+b", KEY.replace("Peter", "Paul"), KEY.replace("c74f", "c74e"), KEY.replace("ARpc", "ARpd")
        }) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> VerifierKey.parse(wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifierKey("a name", new byte[32]));
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifierKey("name", new byte[31]));
    }

    @Test
    void readsBackWhatItWroteAndRefusesWhatWasCut() {
        VerifierKey key = VerifierKey.parse(KEY);
        String body = CheckpointNote.body("PeterNeumann", 7, new byte[32]);
        String note = CheckpointNote.sign(body, key, new byte[64]);
        CheckpointNote read = CheckpointNote.parse(note);
        assertThat(read.origin()).isEqualTo("PeterNeumann");
        assertThat(read.size()).isEqualTo(7);
        assertThat(read.root()).isEqualTo(new byte[32]);
        assertThat(read.signed(key)).isEqualTo(CheckpointNote.Signed.FALSELY);
        assertThat(read.signed(new VerifierKey("other", new byte[32]))).isEqualTo(CheckpointNote.Signed.BY_OTHERS);
        for (int length = 0; length < note.length(); length++) {
            String cut = note.substring(0, length);
            assertThatIllegalArgumentException().as(cut).isThrownBy(() -> CheckpointNote.parse(cut));
        }
    }

    @Test
    void refusesSizesAndNotesThatAreNone() {
        String note = CheckpointNote.sign(
                CheckpointNote.body("ledger", 7, new byte[32]), new VerifierKey("ledger", new byte[32]), new byte[64]);
        for (String size : new String[] {"-7", "07", "+7", "7 ", "", "99999999999999999999"}) {
            assertThatIllegalArgumentException()
                    .as(size)
                    .isThrownBy(() -> CheckpointNote.parse(note.replace("\n7\n", "\n" + size + "\n")));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CheckpointNote.parse("x".repeat(70_000) + note));
        String line = note.substring(note.indexOf("\u2014"));
        assertThatIllegalArgumentException().isThrownBy(() -> CheckpointNote.parse(note + line.repeat(64)));
    }
}
