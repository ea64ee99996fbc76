package io.gatehouse.policy.consent.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezeRegisterTest {
    private static final PersonId LI = PersonId.of("li-planted");
    private static final PersonId HR = PersonId.of("hr-planted");
    private static final DataClass FACE = DataClass.FACE_TEMPLATE;
    private static final DataClass IRIS = DataClass.of("iris-template");
    private static final LawfulBasis ALWAYS = (person, purpose, dataClass) -> LawfulBasis.Answer.lawful();

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-05-04T08:00:00Z");
    private final List<LedgerEvent> recorded = new ArrayList<>();
    private boolean ledgerFails;

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("gate.db");
    }

    private FreezeRegister register(Store store) throws IOException {
        StoreVault vault =
                StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
        return FreezeRegister.create(store, vault, this::take, FreezeRegisterTest::onlyHr, () -> now);
    }

    private void take(LedgerEvent event) throws IOException {
        if (ledgerFails) {
            throw new IOException("the ledger's disk is full");
        }
        if (recorded.stream().noneMatch(it -> it.id().equals(event.id()))) {
            recorded.add(event);
        }
    }

    private static Optional<Reason> onlyHr(PersonId lifting, Freeze freeze) {
        return lifting.equals(HR)
                ? Optional.empty()
                : Optional.of(Reason.of("permit.no-right", "Only the personnel department lifts a freeze."));
    }

    private static String code(LawfulBasis basis, DataClass dataClass) {
        return basis.basisFor(LI, Purpose.ACCESS, dataClass)
                .refusal()
                .map(Reason::code)
                .orElse("lawful");
    }

    @Test
    @DisplayName("ATT-17 a report of misuse freezes a person's biometric data at once, until HR lifts it")
    void freezesUntilSomebodyWhoMayLifts() throws IOException {
        try (Store store = Stores.open(url())) {
            FreezeRegister register = register(store);
            LawfulBasis basis = register.guard(ALWAYS);
            assertThat(code(basis, FACE)).isEqualTo("lawful");
            List<Freeze> freezes = register.freeze(LI, Set.of(FACE, IRIS), "my face was used at a shop");
            assertThat(freezes).hasSize(2);
            assertThat(register.freeze(LI, Set.of(FACE), "again")).isEmpty();
            assertThat(code(basis, FACE)).isEqualTo("consent.frozen");
            assertThat(code(basis, IRIS)).isEqualTo("consent.frozen");
            assertThat(code(basis, DataClass.of("picture"))).isEqualTo("lawful");
            Freeze face = freezes.stream()
                    .filter(freeze -> freeze.dataClass().equals(FACE))
                    .findFirst()
                    .orElseThrow();
            assertThat(register.lift(face.id(), LI, "I changed my mind")
                            .<String>fold(
                                    lifted -> "lifted", not -> not.reason().code()))
                    .isEqualTo("permit.no-right");
            assertThat(code(basis, FACE)).isEqualTo("consent.frozen");
            now = now.plusSeconds(60);
            assertThat(register.lift(face.id(), HR, "examined: no misuse")
                            .<String>fold(
                                    lifted -> "lifted", not -> not.reason().code()))
                    .isEqualTo("lifted");
            assertThat(code(basis, FACE)).isEqualTo("lawful");
            assertThat(code(basis, IRIS)).isEqualTo("consent.frozen");
            assertThat(register.lift(face.id(), HR, "twice")
                            .<String>fold(
                                    lifted -> "lifted", not -> not.reason().code()))
                    .isEqualTo("consent.not-frozen");
            assertThat(register.lift(UUID.randomUUID(), HR, "none")
                            .<String>fold(
                                    lifted -> "lifted", not -> not.reason().code()))
                    .isEqualTo("consent.not-frozen");
            assertThat(recorded)
                    .extracting(event -> event.kind().value())
                    .containsExactly(
                            "consent.frozen", "consent.frozen", "consent.lift-refused", "consent.freeze-lifted");
            assertThat(recorded.get(3).personalFacts())
                    .containsEntry("by", HR.value())
                    .containsEntry("reason", "examined: no misuse");
        }
    }

    @Test
    @DisplayName("ATT-17 a freeze holds over a restart and while the ledger fails, and is recorded once later")
    void freezeOutlivesRestartAndLedger() throws IOException {
        ledgerFails = true;
        try (Store store = Stores.open(url())) {
            FreezeRegister register = register(store);
            register.freeze(LI, Set.of(FACE), "misuse");
            assertThat(code(register.guard(ALWAYS), FACE)).isEqualTo("consent.frozen");
            assertThat(register.recordPending()).isFalse();
        }
        ledgerFails = false;
        try (Store store = Stores.open(url())) {
            FreezeRegister register = register(store);
            assertThat(code(register.guard(ALWAYS), FACE)).isEqualTo("consent.frozen");
            assertThat(recorded).hasSize(1);
            assertThat(register.recordPending()).isTrue();
            assertThat(recorded).hasSize(1);
            assertThat(register.active(LI)).singleElement().satisfies(freeze -> {
                assertThat(freeze.report()).isEqualTo("misuse");
                assertThat(freeze.toString()).doesNotContain("planted", "misuse");
            });
        }
        if (Files.exists(directory.resolve("gate.db"))) {
            assertThat(Files.readString(directory.resolve("gate.db"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("planted", "misuse");
        }
    }

    @Test
    void answersNoWhenTheStoreFails() throws IOException {
        Store store = Stores.open(url());
        FreezeRegister register = register(store);
        register.freeze(LI, Set.of(FACE), "misuse");
        store.close();
        assertThat(code(register.guard(ALWAYS), FACE)).isEqualTo("consent.unavailable");
    }
}
