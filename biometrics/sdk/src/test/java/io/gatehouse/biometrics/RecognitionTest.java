package io.gatehouse.biometrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.model.ModelPack;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final int PAIRS = 160;

    @Test
    @DisplayName("ATT-10 A part of LFW's first fold: faces are told apart")
    void tellsFacesApart() throws IOException {
        VerificationPairs pairs = LfwPart.measure(ModelPack.loadDefault(), PAIRS);
        System.out.println("LFW, part of fold 0: " + pairs.size() + " pairs, accuracy " + pairs.accuracy(0.594));
        assertThat(pairs.size()).isGreaterThanOrEqualTo(PAIRS);
        assertThat(pairs.accuracy(0.594)).isGreaterThanOrEqualTo(0.98);
    }
}
