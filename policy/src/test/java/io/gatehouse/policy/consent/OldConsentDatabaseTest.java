package io.gatehouse.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreMove;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.consent.FollowUp.Action;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the database of version 1 of these tables, which is kept as it was: it holds person ids in clear. */
class OldConsentDatabaseTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.UTC);
    private static final PersonId ADA = PersonId.of("ada-planted");
    private static final PersonId BEN = PersonId.of("ben-planted");
    private static final PersonId CYD = PersonId.of("cyd-planted");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void copy() throws IOException {
        file = directory.resolve("gate.db");
        try (InputStream in =
                Objects.requireNonNull(OldConsentDatabaseTest.class.getResourceAsStream("consent-1.db"))) {
            Files.copy(in, file);
        }
    }

    private StoreVault vault(Store store) throws IOException {
        return StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), CLOCK);
    }

    @Test
    void opensAndGoesOnWithoutNamingAnybody() throws Exception {
        assertThat(filesNameSomebody()).as("the old database names people").isTrue();
        for (int opening = 0; opening < 2; opening++) {
            try (Store store = Stores.open(file)) {
                requireAllThere(JdbcConsentRegister.create(store, vault(store), CLOCK));
                assertThat(filesNameSomebody()).as("while it is open").isFalse();
            }
            assertThat(filesNameSomebody()).isFalse();
        }
    }

    @Test
    void forgetsWhoWasShreddedMeanwhile() throws Exception {
        try (Store store = Stores.open(file)) {
            StoreVault vault = vault(store);
            vault.seal(BEN, JdbcConsentRegister.RECORDS, new byte[1]);
            vault.shred(BEN, JdbcConsentRegister.RECORDS);
            JdbcConsentRegister register = JdbcConsentRegister.create(store, vault, CLOCK);
            assertThat(register.history(BEN)).isEmpty();
            assertThat(register.unfinished()).isEmpty();
            assertThat(register.history(ADA)).hasSize(1);
            assertThat(filesNameSomebody()).isFalse();
        }
    }

    @Test
    void opensAfterAMoveToPostgresql() throws Exception {
        String url = PostgresServer.newDatabase();
        try (Store old = Stores.open(file);
                Store moved = Stores.open(url)) {
            StoreMove.copy(old, moved);
            requireAllThere(JdbcConsentRegister.create(moved, vault(moved), CLOCK));
        }
    }

    private static void requireAllThere(JdbcConsentRegister register) throws IOException {
        assertThat(register.basisFor(ADA, Purpose.ACCESS, DataClass.FACE_TEMPLATE)
                        .isLawful())
                .isTrue();
        assertThat(register.basisFor(BEN, Purpose.ACCESS, DataClass.FACE_TEMPLATE)
                        .isLawful())
                .isFalse();
        assertThat(register.history(ADA)).extracting(ConsentRecord::how).containsExactly("kiosk of ada-planted");
        assertThat(register.history(BEN))
                .extracting(ConsentRecord::answer)
                .containsExactly(ConsentAnswer.GIVEN, ConsentAnswer.WITHDRAWN);
        assertThat(register.history(CYD)).hasSize(2);
        assertThat(register.unfinished()).singleElement().satisfies(followUp -> {
            assertThat(followUp.action()).isEqualTo(Action.SHRED);
            assertThat(followUp.record().subject().person()).isEqualTo(BEN);
        });
    }

    private boolean filesNameSomebody() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                if (Files.readString(each, StandardCharsets.ISO_8859_1).contains("planted")) {
                    return true;
                }
            }
        }
        return false;
    }
}
