package io.gatehouse.biometrics.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExchangeFileTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final int DIMENSION = 24;

    private final ExchangeKey receiver = ExchangeKey.create();
    private final KeyPair sender = signingKey();

    private static KeyPair signingKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new LinkageError("there is Ed25519", e);
        }
    }

    private static ExchangeTerms terms(int count) {
        return new ExchangeTerms(
                UUID.randomUUID(),
                "site-a",
                Purpose.ACCESS,
                "pack",
                DIMENSION,
                count,
                NOW,
                NOW.plus(Duration.ofDays(7)));
    }

    private static ExchangedTemplate template(int number) {
        float[] vector = new float[DIMENSION];
        new Random(number).doubles(DIMENSION).forEach(value -> vector[0] += (float) value);
        vector[1] = number;
        return new ExchangedTemplate(PersonId.of("p-" + number), "receipt-" + number, NOW, vector);
    }

    private byte[] file(ExchangeTerms terms) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExchangeFile.Writer writer =
                ExchangeFile.write(out, terms, receiver.publicKey(), sender.getPrivate(), new SecureRandom())) {
            for (int i = 0; i < terms.count(); i++) {
                writer.add(template(i));
            }
        }
        return out.toByteArray();
    }

    private List<ExchangedTemplate> read(byte[] file) throws IOException {
        return read(file, receiver, sender);
    }

    private static List<ExchangedTemplate> read(byte[] file, ExchangeKey key, KeyPair from) throws IOException {
        List<ExchangedTemplate> templates = new ArrayList<>();
        try (ExchangeFile.Reader reader = ExchangeFile.read(new ByteArrayInputStream(file), key, from.getPublic())) {
            while (reader.hasNext()) {
                templates.add(reader.next());
            }
        }
        return templates;
    }

    @Test
    @DisplayName("ATT-3 Templates reach who has the key, with the basis of each and the terms of all")
    void reachesTheReceiver() throws IOException {
        ExchangeTerms terms = terms(2_000);
        byte[] file = file(terms);
        try (ExchangeFile.Reader reader = ExchangeFile.read(
                new ByteArrayInputStream(file), ExchangeKey.of(receiver.encoded()), sender.getPublic())) {
            assertThat(reader.terms()).isEqualTo(terms);
        }
        List<ExchangedTemplate> templates = read(file);
        assertThat(templates).hasSize(2_000);
        assertThat(templates.get(1_234).person()).isEqualTo(PersonId.of("p-1234"));
        assertThat(templates.get(1_234).basis()).isEqualTo("receipt-1234");
        assertThat(templates.get(1_234).vector()).isEqualTo(template(1_234).vector());
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("receipt");
    }

    @Test
    @DisplayName("ATT-3 Whichever bit is flipped and wherever it is cut, the file is refused")
    void refusesWhatWasAlteredOrCut() throws IOException {
        byte[] file = file(terms(3));
        for (int at = 0; at < file.length; at++) {
            byte[] altered = file.clone();
            altered[at] ^= (byte) (1 << at % 8);
            assertThatThrownBy(() -> read(altered)).isInstanceOf(ExchangeRefusedException.class);
            byte[] cut = Arrays.copyOf(file, at);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(ExchangeRefusedException.class);
        }
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        assertThatThrownBy(() -> read(longer)).isInstanceOf(ExchangeRefusedException.class);
    }

    @Test
    @DisplayName("ATT-3 A file by another sender or for another receiver is refused")
    void refusesOthers() throws IOException {
        byte[] file = file(terms(1));
        assertThatThrownBy(() -> read(file, receiver, signingKey()))
                .isInstanceOfSatisfying(
                        ExchangeRefusedException.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("exchange.other-sender"));
        assertThatThrownBy(() -> read(file, ExchangeKey.create(), sender))
                .isInstanceOfSatisfying(
                        ExchangeRefusedException.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("exchange.other-receiver"));
    }

    @Test
    void refusesToWriteWhatTheTermsDoNotSay() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExchangeFile.Writer writer =
                ExchangeFile.write(out, terms(1), receiver.publicKey(), sender.getPrivate(), new SecureRandom());
        assertThatThrownBy(writer::close).isInstanceOf(IOException.class).hasMessageContaining("1 of 1");
        writer.add(template(1));
        assertThatThrownBy(() -> writer.add(template(2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExchangedTemplate(PersonId.of("p"), " ", NOW, new float[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExchangeTerms(
                        UUID.randomUUID(), "a", Purpose.ACCESS, "p", 1, 1, NOW, NOW.plus(Duration.ofDays(91))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("90 days");
    }

    @FuzzTest(maxDuration = "10s")
    void termsAreReadOrRefused(byte[] bytes) {
        try {
            assertThat(ExchangeTerms.decoded(bytes).encoded()).isEqualTo(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e).isNotNull();
        }
    }

    @FuzzTest(maxDuration = "10s")
    void anyFileIsRefused(byte[] bytes) throws IOException {
        try {
            read(bytes);
            throw new AssertionError("nobody signed this");
        } catch (ExchangeRefusedException e) {
            assertThat(e.reason().code()).startsWith("exchange.");
        }
    }
}
