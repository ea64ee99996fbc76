package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMoveTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
    private static final PersonId ADA = PersonId.of("ada");

    @TempDir
    Path directory;

    @Test
    void movesAVaultAndALedgerWithTheirCheckpoint() throws Exception {
        try (Store from = Stores.open(directory.resolve("gate.db"));
                Store to = Stores.open(PostgresServer.newDatabase());
                KeyEncryptionKey outer = KeyEncryptionKey.ofPassphrase("correct horse".toCharArray())) {
            Checkpoint before;
            byte[] sealed;
            try (StoreVault vault = StoreVault.open(from, outer, CLOCK)) {
                StoreLedger ledger = StoreLedger.open(from, vault, "example.com/test", CLOCK);
                for (int i = 0; i < 1_100; i++) {
                    ledger.append(LedgerEvent.builder(EventKind.of("test.event"), CLOCK.instant())
                            .person(ADA)
                            .build());
                }
                before = ledger.checkpoint();
                sealed = vault.seal(ADA, DataClass.FACE_TEMPLATE, new byte[] {7});
            }

            assertThat(StoreMove.copy(from, to)).containsEntry("ledger_entry", 1_100L);

            try (StoreVault vault = StoreVault.open(to, outer, CLOCK)) {
                StoreLedger ledger = StoreLedger.open(to, vault, "example.com/test", CLOCK);
                assertThat(ledger.checkpoint()).isEqualTo(before);
                assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
                assertThat(vault.open(ADA, DataClass.FACE_TEMPLATE, sealed)).hasValue(new byte[] {7});
                assertThat(ledger.entries(1_099, 1).get(0).event().person()).hasValue(ADA);
            }
            assertThatThrownBy(() -> StoreMove.copy(from, to))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("empty database");
        }
    }

    @Test
    void leavesNothingOfAMoveThatFails() throws Exception {
        try (Store from = Stores.open(directory.resolve("gate.db"));
                Store to = Stores.open(PostgresServer.newDatabase())) {
            Scripts table = Scripts.of("CREATE TABLE thing (name TEXT, content BLOB);\n");
            from.migrate("test.things", table);
            from.write(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO thing VALUES (?, ?)")) {
                    insert.setString(1, "PostgreSQL keeps no \0 in a text");
                    insert.setBytes(2, null);
                    return insert.executeUpdate();
                }
            });
            assertThatThrownBy(() -> StoreMove.copy(from, to)).isInstanceOf(StoreException.class);
            to.migrate("test.things", table);
            assertThatIllegalArgumentException().isThrownBy(() -> StoreMove.copy(from, from));
        }
    }
}
