package io.gatehouse.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {
    /** The digest of "abc" is the first example of FIPS 180-4. */
    @Test
    void hashesItsTextWithSha256() {
        assertThat(Notice.of("face", 1, "en", "abc").sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void refusesTextThatIsNotTheOneHashed() {
        String hash = Notice.of("face", 1, "en", "We store your face.").sha256();
        assertThatThrownBy(() -> new Notice("face", 1, "en", "We sell your face.", hash))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "en_GB", "zh-cn", "not a tag"})
    void refusesWhatIsNoLanguageTag(String tag) {
        assertThatThrownBy(() -> Notice.of("face", 1, tag, "text")).hasMessageContaining("BCP 47");
    }

    @Test
    void refusesValuesOutOfBounds() {
        assertThatThrownBy(() -> Notice.of("Face notice", 1, "en", "text")).hasMessageContaining("Face notice");
        assertThatThrownBy(() -> Notice.of("face", 0, "en", "text")).hasMessageContaining("0");
        assertThatThrownBy(() -> Notice.of("face", 1, "en", "x".repeat(100_001)))
                .hasMessageContaining("100001");
    }
}
