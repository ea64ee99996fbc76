package io.gatehouse.codes.internal.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.codes.SharedData;
import io.gatehouse.codes.internal.cbor.CborException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the COSE working group, each for what it says. */
class CoseVectorsTest {
    private static final int MAX = 1_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign1-tests/sign-pass-01",
                "sign1-tests/sign-pass-02",
                "sign1-tests/sign-pass-03",
                "eddsa-examples/eddsa-sig-01",
                "CWT/A_3"
            })
    void acceptsWhatIsSigned(String name) throws Exception {
        Vector vector = Vector.read(name);
        CoseSign1 message = CoseSign1.parse(vector.message(), MAX);
        assertThat(message.isSignedBy(vector.key(), vector.externalData())).isTrue();
    }

    @Test
    void refusesASignatureThatLeavesOutTheDataFromOutside() throws Exception {
        Vector vector = Vector.read("sign1-tests/sign-pass-02");
        assertThat(CoseSign1.parse(vector.message(), MAX).isSignedBy(vector.key()))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "sign-fail-02, changed payload",
        "sign-fail-03, algorithm -999",
        "sign-fail-04, algorithm by an unknown name",
        "sign-fail-06, protected header added",
        "sign-fail-07, protected header removed"
    })
    void refusesWhatIsNotSigned(String name, String why) throws Exception {
        Vector vector = Vector.read("sign1-tests/" + name);
        CoseSign1 message = CoseSign1.parse(vector.message(), MAX);
        assertThat(message.isSignedBy(vector.key(), vector.externalData()))
                .as(why)
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"sign-fail-03, -999", "sign-fail-04, 0"})
    void refusesAnAlgorithmForBeingUnknown(String name, long algorithm) throws Exception {
        Vector vector = Vector.read("sign1-tests/" + name);
        assertThat(CoseSign1.parse(vector.message(), MAX).algorithm()).hasValue(algorithm);
        assertThat(vector.key().takes(algorithm)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sign1-tests/sign-fail-01, 998",
        "eddsa-examples/eddsa-01, 98",
        "eddsa-examples/eddsa-02, 98",
        "CWT/A_4, 17",
        "CWT/A_5, 16",
        "CWT/A_6, 16",
        "CWT/A_7, 17"
    })
    void refusesOtherKindsOfMessagesByTheirTag(String name, long tag) throws Exception {
        byte[] message = Vector.read(name).message();
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> CoseSign1.parse(message, MAX))
                .withMessage("tag " + tag + " instead of 18 (COSE_Sign1)");
    }

    @Test
    void refusesAnEd448SignatureUnderAnEd25519Key() throws Exception {
        Vector vector = Vector.read("eddsa-examples/eddsa-sig-02");
        CoseVerificationKey other = Vector.read("eddsa-examples/eddsa-sig-01").key();
        assertThat(CoseSign1.parse(vector.message(), MAX).isSignedBy(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign1-tests/sign-pass-01", "eddsa-examples/eddsa-sig-01", "CWT/A_3"})
    void refusesEveryTruncationAndEveryFlippedBitOfWhatIsSigned(String name) throws Exception {
        Vector vector = Vector.read(name);
        byte[] message = vector.message();
        for (int length = 0; length < message.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(message, length);
            assertThatExceptionOfType(CborException.class).isThrownBy(() -> CoseSign1.parse(cut, MAX));
        }
        int identifierOrAlgorithmOnly = 0;
        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] flipped = message.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            if (isTaken(flipped, vector)) {
                identifierOrAlgorithmOnly++;
            }
        }
        // Unprotected headers are, by their name, open to change: a key id of 2 bytes has 16 bits, its label some more.
        assertThat(identifierOrAlgorithmOnly).isLessThanOrEqualTo(name.startsWith("CWT") ? 0 : 24);
    }

    private static boolean isTaken(byte[] bytes, Vector vector) {
        try {
            return CoseSign1.parse(bytes, MAX).isSignedBy(vector.key(), vector.externalData());
        } catch (CborException e) {
            return false;
        }
    }

    /** An example: fields of its JSON that occur once and hold no escapes. */
    private record Vector(String json) {
        static Vector read(String name) throws IOException {
            return new Vector(Files.readString(SharedData.folder("cose").resolve(name + ".json")));
        }

        byte[] message() {
            return hex("cbor").orElseThrow();
        }

        byte[] externalData() {
            return hex("external").orElse(new byte[0]);
        }

        CoseVerificationKey key() {
            return field("crv").orElseThrow().equals("P-256")
                    ? Es256Key.of(coordinate("x"), coordinate("y"))
                    : Ed25519Key.of(coordinate("x"));
        }

        private byte[] coordinate(String name) {
            return hex(name + "_hex")
                    .orElseGet(() -> Base64.getUrlDecoder().decode(field(name).orElseThrow()));
        }

        private Optional<byte[]> hex(String name) {
            return field(name).map(HexFormat.of()::parseHex);
        }

        private Optional<String> field(String name) {
            Matcher matcher =
                    Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
    }
}
