package io.gatehouse.policy.retain.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeRegisterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final PersonId ANNA = PersonId.of("anna-planted");
    private static final PersonId BEN = PersonId.of("ben-planted");

    @TempDir
    Path directory;

    private final List<LedgerEvent> recorded = new ArrayList<>();

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("gate.db");
    }

    private ChangeRegister register(Store store, boolean needsTwo) throws IOException {
        StoreVault vault =
                StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> NOW);
        return ChangeRegister.create(store, vault, recorded::add, needsTwo, () -> NOW);
    }

    private static String approve(ChangeRegister register, UUID id, PersonId by) throws IOException {
        return register.approve(id, by).map(Reason::code).orElse("in force");
    }

    @Test
    @DisplayName("REG-13 a change of retention needs two people where that is configured, and names both in the ledger")
    void changeNeedsTwoPeople() throws IOException {
        try (Store store = Stores.open(url())) {
            ChangeRegister register = register(store, true);
            ProposedChange change = register.propose("retention", 1, "keep less", ANNA);
            assertThat(register.inForce("retention")).isEmpty();
            assertThat(register.waiting()).containsExactly(change);
            assertThat(approve(register, change.id(), ANNA)).isEqualTo("change.same-person");
            assertThat(approve(register, UUID.randomUUID(), BEN)).isEqualTo("change.unknown");
            assertThat(approve(register, change.id(), BEN)).isEqualTo("in force");
            assertThat(register.inForce("retention")).contains(change);
            assertThat(approve(register, change.id(), BEN)).isEqualTo("change.unknown");
            assertThatThrownBy(() -> register.propose("retention", 1, "other", ANNA))
                    .hasMessageContaining("is in force");
            ProposedChange third = register.propose("retention", 3, "third", ANNA);
            ProposedChange second = register.propose("retention", 2, "second", ANNA);
            assertThat(approve(register, third.id(), BEN)).isEqualTo("in force");
            assertThat(approve(register, second.id(), BEN)).isEqualTo("change.older");
            assertThat(recorded)
                    .extracting(event -> event.kind().value())
                    .containsExactly(
                            "change.proposed",
                            "change.in-force",
                            "change.proposed",
                            "change.proposed",
                            "change.in-force");
            assertThat(recorded.get(0).person()).contains(ANNA);
            assertThat(recorded.get(1).person()).contains(BEN);
        }
        if (Files.exists(directory.resolve("gate.db"))) {
            assertThat(Files.readString(directory.resolve("gate.db"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("planted");
        }
    }

    @Test
    void oneIsEnoughWhereTheSiteSaysSo() throws IOException {
        try (Store store = Stores.open(url())) {
            ChangeRegister register = register(store, false);
            ProposedChange change = register.propose("permit.site", 4, "rules", ANNA);
            assertThat(approve(register, change.id(), ANNA)).isEqualTo("in force");
        }
    }
}
