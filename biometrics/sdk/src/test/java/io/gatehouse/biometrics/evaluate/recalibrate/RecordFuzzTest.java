package io.gatehouse.biometrics.evaluate.recalibrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import java.nio.charset.StandardCharsets;

/**
 * Whatever the body of a signed record says, it is a record that says the same when it is written again, or it is refused:
 * whoever has the key may have another version of this library. With JAZZER_FUZZ=1 new bodies are looked for.
 */
class RecordFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] bytes) {
        RecordJson read;
        try {
            read = RecordJson.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | ModelUnavailableException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        String written = RecordJson.text(read.proposal(), read.decidedBy(), read.inForceFrom());
        assertThat(RecordJson.parse(written)).isEqualTo(read);
    }
}
