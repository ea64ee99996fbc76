package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Opens databases that earlier versions made and that are kept as they were. {@link #main} makes one, to be kept whenever
 * a room gets a new script.
 */
class OldDatabaseTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
    private static final String PASSPHRASE = "a kept passphrase";
    private static final String ORIGIN = "example.com/kept";
    private static final PersonId ADA = PersonId.of("ada");
    private static final PersonId GONE = PersonId.of("gone");
    private static final DataClass NOTE = DataClass.of("note");
    private static final int ENTRIES = 260;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = "core-2026-11-step1")
    void opensAndGoesOn(String kept) throws Exception {
        Path file = directory.resolve("gate.db");
        try (InputStream in = Objects.requireNonNull(OldDatabaseTest.class.getResourceAsStream(kept + ".db"))) {
            Files.copy(in, file);
        }
        byte[] sealed;
        try (InputStream in = Objects.requireNonNull(OldDatabaseTest.class.getResourceAsStream(kept + ".sealed"))) {
            sealed = in.readAllBytes();
        }
        for (int opening = 0; opening < 2; opening++) {
            try (Store store = Stores.open(file);
                    KeyEncryptionKey outer = KeyEncryptionKey.ofPassphrase(PASSPHRASE.toCharArray());
                    StoreVault vault = StoreVault.open(store, outer, CLOCK)) {
                StoreLedger ledger = StoreLedger.open(store, vault, ORIGIN, CLOCK);
                assertThat(ledger.size()).isEqualTo(ENTRIES + opening);
                assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
                List<LedgerEntry> entries = ledger.entries(0, 2);
                assertThat(entries.get(0).event().person()).contains(ADA);
                assertThat(entries.get(1).event().person()).isEmpty();
                assertThat(vault.open(ADA, NOTE, sealed)).hasValue("kept".getBytes(StandardCharsets.UTF_8));
                ledger.append(event(ADA, ENTRIES + opening));
                ledger.checkpoint();
            }
        }
    }

    private static LedgerEvent event(PersonId person, int number) {
        return LedgerEvent.builder(EventKind.of("test.kept"), CLOCK.instant())
                .person(person)
                .fact("n", Integer.toString(number))
                .build();
    }

    /** Makes a database and the bytes that were sealed with it: {@code <path without ending>}. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0] + ".db");
        try (Store store = Stores.open(file);
                KeyEncryptionKey outer = KeyEncryptionKey.ofPassphrase(PASSPHRASE.toCharArray());
                StoreVault vault = StoreVault.open(store, outer, CLOCK)) {
            StoreLedger ledger = StoreLedger.open(store, vault, ORIGIN, CLOCK);
            ledger.append(event(ADA, 0));
            ledger.append(event(GONE, 1));
            for (int number = 2; number < ENTRIES; number++) {
                ledger.append(LedgerEvent.builder(EventKind.of("test.kept"), CLOCK.instant())
                        .build());
            }
            vault.shred(GONE, DataClass.LEDGER);
            Files.write(
                    Path.of(arguments[0] + ".sealed"), vault.seal(ADA, NOTE, "kept".getBytes(StandardCharsets.UTF_8)));
            ledger.checkpoint();
        }
    }
}
