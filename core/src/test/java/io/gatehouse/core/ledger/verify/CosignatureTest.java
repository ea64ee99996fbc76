package io.gatehouse.core.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.ledger.verify.CheckpointNote.Signed;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A checkpoint of a public Certificate Transparency log of 2026 with the cosignatures of four public witnesses, and the
 * published keys of the log and of one witness.
 */
class CosignatureTest {
    private static final String BODY = """
            arche2025h1.staging.ct.transparency.dev
            1432088532
            U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=
            """;
    private static final String NOTE = BODY + "\n"
            + "\u2014 arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urb"
            + "llzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=\n"
            + "\u2014 arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75Mdh"
            + "L1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=\n"
            + "\u2014 transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHA"
            + "wVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==\n"
            + "\u2014 witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7"
            + "TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==\n"
            + "\u2014 remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/"
            + "zZ0WBxtqB0DrAWfBw==\n"
            + "\u2014 witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucg"
            + "Ki7lI7cUiOvKFYe/TmN9DAg==\n";
    private static final VerifierKey LOG = VerifierKey.parse(
            "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgF" + "Yh15f");
    private static final String REMORA_KEY = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    private static final WitnessKey REMORA = WitnessKey.parse(REMORA_KEY);

    @Test
    @DisplayName("a checkpoint of the public witness network verifies with its published keys")
    void verifiesAPublicCosignature() {
        CheckpointNote note = CheckpointNote.parse(NOTE);
        assertThat(note.signed(LOG)).isEqualTo(Signed.BY_THIS_KEY);
        assertThat(note.cosigned(REMORA)).isEqualTo(Signed.BY_THIS_KEY);
        assertThat(note.cosignature(REMORA).orElseThrow().time()).isEqualTo(Instant.ofEpochSecond(0x6a122120L));
        assertThat(note.toNote()).isEqualTo(NOTE);
        assertThat(REMORA).hasToString(REMORA_KEY);
    }

    @Test
    void seesEveryAlterationOfWhatWasCosigned() {
        for (String[] change : List.of(
                new String[] {"\n1432088532\n", "\n1432088533\n"},
                new String[] {"U7WM79", "U7WM78"},
                new String[] {"2net5wAAAABqEiEg", "2net5wAAAABqEiEh"},
                new String[] {"zZ0WBxtqB0DrAWfBw==", "zZ0WBxtqB0DrAWfBg=="},
                new String[] {BODY, BODY + "an extension\n"})) {
            assertThat(NOTE).contains(change[0]);
            assertThat(CheckpointNote.parse(NOTE.replace(change[0], change[1])).cosigned(REMORA))
                    .as(change[1])
                    .isEqualTo(Signed.FALSELY);
        }
    }

    @Test
    void takesALogsKeyForNoWitnessAndTheOtherWayRound() {
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(REMORA_KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> WitnessKey.parse(LOG.toString()));
        WitnessKey sameBytes = new WitnessKey(LOG.name(), LOG.publicKey());
        assertThat(CheckpointNote.parse(NOTE).cosigned(sameBytes)).isEqualTo(Signed.BY_OTHERS);
    }

    @Test
    void saysWhichWitnessIsMissingAndWhichIsFalse() {
        WitnessKey stranger = new WitnessKey("stranger.example.com", new byte[32]);
        Witnesses both = new Witnesses(2, List.of(REMORA, stranger));
        assertThat(found(both, NOTE))
                .containsExactly("NOT_WITNESSED: Of 2 witnesses 2 must have cosigned, 1 did: stranger.example.com is"
                        + " missing.");
        assertThat(found(new Witnesses(1, both.keys()), NOTE)).isEmpty();
        assertThat(found(both, NOTE.replace("\n1432088532\n", "\n1432088533\n")))
                .containsExactly(
                        "FALSE_SIGNATURE: The cosignature of the witness remora.n621.de is false: it, size or root were"
                                + " altered.",
                        "NOT_WITNESSED: Of 2 witnesses 2 must have cosigned, 0 did: remora.n621.de is false,"
                                + " stranger.example.com is missing.");
    }

    private static List<String> found(Witnesses witnesses, String note) {
        Findings findings = new Findings();
        witnesses.check(CheckpointNote.parse(note), findings);
        return findings.isEmpty()
                ? List.of()
                : findings.refuted().findings().stream().map(Finding::toString).toList();
    }

    @Test
    void countsNoWitnessTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Witnesses(2, List.of(REMORA, REMORA)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Witnesses(1, List.of(REMORA, new WitnessKey("other.example.com", REMORA.publicKey()))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Witnesses(2, List.of(REMORA)));
    }
}
