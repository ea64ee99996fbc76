package io.gatehouse.codes.internal.cose;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.internal.text.Digits;
import java.nio.charset.StandardCharsets;

/** Whatever the bytes, the parsers answer or refuse; with the environment variable JAZZER_FUZZ=1 new ones are looked for. */
class CodecFuzzTest {
    private static final int MAX = 4_096;

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyMessage(byte[] bytes) {
        try {
            CoseSign1 message = CoseSign1.parse(bytes, MAX);
            assertThat(message.payload()).isNotNull();
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void passesOverOrRefusesAnyItem(byte[] bytes) {
        try {
            CborReader reader = CborReader.of(bytes, MAX);
            reader.skip();
            reader.requireEnd();
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void base45ThatIsTakenIsTheOneEncodingOfItsBytes(byte[] bytes) {
        Base45.decode(bytes, 0)
                .ifPresent(decoded -> assertThat(Base45.encode(decoded).getBytes(StandardCharsets.US_ASCII))
                        .isEqualTo(bytes));
    }

    @FuzzTest(maxDuration = "30s")
    void digitsThatAreTakenAreTheOneEncodingOfTheirBytes(byte[] bytes) {
        Digits.decode(bytes, 0)
                .ifPresent(decoded -> assertThat(Digits.encode(decoded).getBytes(StandardCharsets.US_ASCII))
                        .isEqualTo(bytes));
    }
}
