package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.ledger.WitnessRefusedException.Reason;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Cosignature;
import io.gatehouse.core.ledger.verify.LedgerVerifier;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.ledger.verify.WitnessKey;
import io.gatehouse.core.ledger.verify.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Witnesses cosign what follows from what they have seen, and nothing else. */
class WitnessTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    Path directory;

    private LedgerHouse house;
    private VerifierKey first;

    @BeforeEach
    void open() throws Exception {
        house = LedgerHouse.open(directory);
        first = house.ledger().verifierKeys().get(0);
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private void append(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            house.ledger().append(LedgerHouse.event(i));
        }
    }

    /** A witness and its keys, so that it can be opened again. */
    private record Keys(WitnessKey key, KeyPair pair) {
        static Keys make(String name) throws Exception {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            return new Keys(new WitnessKey(name, Arrays.copyOfRange(x509, x509.length - 32, x509.length)), pair);
        }

        LocalWitness open(Path file, VerifierKey ledger) throws IOException {
            return LocalWitness.open(file, key, pair.getPrivate(), ledger, InstantSource.fixed(NOW));
        }
    }

    private LocalWitness witness(String name) throws Exception {
        return Keys.make(name).open(directory.resolve(name), first);
    }

    private static Reason refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        WitnessRefusedException refused = assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(WitnessRefusedException.class))
                .actual();
        return refused.reason();
    }

    @Test
    void storesTheCosignatureWithTheCheckpointAndExportsIt() throws Exception {
        append(5);
        LocalWitness one = witness("one.example.com");
        LocalWitness two = witness("two.example.com");
        house.ledger().cosign(one);
        append(300);
        house.ledger().cosign(one);
        String note = house.ledger().cosign(two).note();
        assertThat(note).isEqualTo(house.ledger().checkpoint().note());
        CheckpointNote checkpoint = CheckpointNote.parse(note);
        assertThat(checkpoint.cosignature(one.key()).orElseThrow().time()).isEqualTo(NOW);
        assertThat(checkpoint.cosigned(two.key())).isEqualTo(CheckpointNote.Signed.BY_THIS_KEY);
        house.close();
        house = LedgerHouse.open(directory);
        Path export = directory.resolve("export");
        assertThat(house.ledger().export(export).note()).isEqualTo(note);
        LedgerVerifier verifier = LedgerVerifier.of(first);
        assertThat(verifier.requiring(new Witnesses(2, List.of(one.key(), two.key())))
                        .verify(export)
                        .findings())
                .isEmpty();
        WitnessKey absent = Keys.make("absent.example.com").key();
        assertThat(verifier.requiring(new Witnesses(3, List.of(one.key(), absent, two.key())))
                        .verify(export)
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.words()).contains("absent.example.com is missing"));
        assertThat(house.ledger().verify().findings()).isEmpty();
    }

    @Test
    void asksTheSameWitnessAgainWithoutASecondLine() throws Exception {
        append(5);
        LocalWitness witness = witness("one.example.com");
        String note = house.ledger().cosign(witness).note();
        assertThat(house.ledger().cosign(witness).note()).isEqualTo(note);
    }

    @Test
    @DisplayName(
            "a ledger with the same key and another past is refused as a fork, at the same size and at a larger one")
    void refusesAFork() throws Exception {
        append(5);
        LocalWitness witness = witness("one.example.com");
        house.ledger().cosign(witness);
        CheckpointSigner signer = CheckpointSigner.open(
                house.vault(),
                first.name(),
                house.store().read(LedgerTables::root).orElseThrow().signingKey());
        CheckpointNote sameSize = CheckpointNote.parse(signer.sign(5, new byte[32]));
        assertThat(refusal(() -> witness.cosign(5, List.of(), sameSize))).isEqualTo(Reason.FORKED);
        append(3);
        CheckpointNote larger = CheckpointNote.parse(signer.sign(8, new byte[32]));
        List<byte[]> proof = house.ledger().consistencyProof(5, 8);
        assertThat(refusal(() -> witness.cosign(5, proof, larger))).isEqualTo(Reason.FORKED);
        assertThat(witness.lastSize(first.name())).isEqualTo(5);
        house.ledger().cosign(witness);
        assertThat(witness.lastSize(first.name())).isEqualTo(8);
    }

    @Test
    @DisplayName("a ledger that was cut, or restored from an old backup, is refused, also after a start of the witness")
    void refusesARollback() throws Exception {
        append(5);
        CheckpointNote early = CheckpointNote.parse(house.ledger().checkpoint().note());
        append(5);
        Keys keys = Keys.make("one.example.com");
        Path file = directory.resolve("witness");
        house.ledger().cosign(keys.open(file, first));
        LocalWitness again = keys.open(file, first);
        assertThat(again.lastSize(first.name())).isEqualTo(10);
        assertThat(refusal(() -> again.cosign(10, List.of(), early))).isEqualTo(Reason.ROLLED_BACK);
        CheckpointNote now = CheckpointNote.parse(house.ledger().checkpoint().note());
        assertThat(refusal(() -> again.cosign(5, house.ledger().consistencyProof(5, 10), now)))
                .isEqualTo(Reason.OTHER_SIZE);
    }

    @Test
    void saysAtTheLedgerThatItIsShorterThanWhatTheWitnessSaw() throws Exception {
        append(10);
        Keys keys = Keys.make("one.example.com");
        Path file = directory.resolve("witness");
        house.ledger().cosign(keys.open(file, first));
        house.store().write(connection -> {
            try (var delete = connection.createStatement()) {
                return delete.executeUpdate("DELETE FROM ledger_entry WHERE position > 6")
                        + delete.executeUpdate("DELETE FROM ledger_checkpoint");
            }
        });
        house.close();
        house = LedgerHouse.open(directory);
        assertThat(refusal(() -> house.ledger().cosign(keys.open(file, first)))).isEqualTo(Reason.ROLLED_BACK);
    }

    @Test
    void refusesWhatTheLedgerDidNotSign() throws Exception {
        append(2);
        LocalWitness witness = witness("one.example.com");
        CheckpointSigner stranger =
                CheckpointSigner.open(house.vault(), first.name(), CheckpointSigner.makeSealed(house.vault()));
        CheckpointNote foreign = CheckpointNote.parse(stranger.sign(2, new byte[32]));
        assertThat(refusal(() -> witness.cosign(0, List.of(), foreign))).isEqualTo(Reason.NOT_SIGNED);
        assertThat(refusal(() -> witness.lastSize("other.example.com"))).isEqualTo(Reason.UNKNOWN_LEDGER);
    }

    @Test
    @DisplayName("a witness follows changes of the ledger's key, from whichever key it was told")
    void followsChangesOfKey() throws Exception {
        append(3);
        Keys keys = Keys.make("one.example.com");
        Path file = directory.resolve("witness");
        house.ledger().cosign(keys.open(file, first));
        house.ledger().rotateSigningKey();
        VerifierKey second = house.ledger().verifierKey();
        append(4);
        house.ledger().rotateSigningKey();
        house.ledger().cosign(keys.open(file, first));
        append(1);
        Checkpoint checkpoint = house.ledger().cosign(keys.open(file, first));
        assertThat(keys.open(file, first).lastSize(first.name())).isEqualTo(checkpoint.size());
        for (VerifierKey told : List.of(first, second, house.ledger().verifierKey())) {
            Keys late = Keys.make("late.example.com");
            Path fresh = directory.resolve("late-" + told.hashCode());
            house.ledger().cosign(late.open(fresh, told));
            assertThat(late.open(fresh, told).lastSize(first.name())).isEqualTo(checkpoint.size());
        }
    }

    @Test
    void storesNothingOfAWitnessThatAnswersFalsely() throws Exception {
        append(2);
        LocalWitness honest = witness("one.example.com");
        String before = house.ledger().checkpoint().note();
        Witness liar = new Witness() {
            @Override
            public WitnessKey key() {
                return honest.key();
            }

            @Override
            public long lastSize(String origin) {
                return 0;
            }

            @Override
            public Cosignature cosign(long oldSize, List<byte[]> consistency, CheckpointNote checkpoint) {
                return new Cosignature(honest.key(), 1, new byte[64]);
            }
        };
        assertThatThrownBy(() -> house.ledger().cosign(liar))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("one.example.com");
        assertThat(house.ledger().checkpoint().note()).isEqualTo(before);
    }

    @Test
    void refusesAFileThatWasAlteredAndAKeyThatIsNotItsOwn() throws Exception {
        append(2);
        Keys keys = Keys.make("one.example.com");
        Path file = directory.resolve("witness");
        house.ledger().cosign(keys.open(file, first));
        String kept = Files.readString(file);
        for (String altered : List.of("", kept.substring(20), kept.replace("\n2\n", "\n1\n"))) {
            Files.writeString(file, altered);
            assertThatThrownBy(() -> keys.open(file, first))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("altered");
        }
        Files.delete(file);
        Keys other = Keys.make("other.example.com");
        assertThatIllegalArgumentException().isThrownBy(() -> new Keys(other.key(), keys.pair()).open(file, first));
    }
}
