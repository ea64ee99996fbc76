package io.gatehouse.policy.consent.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
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
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantRegisterTest {
    private static final PersonId PARTNER = PersonId.of("partner-planted");
    private static final PersonId OTHER = PersonId.of("other-planted");
    private static final Purpose INQUIRY = Purpose.of("theft-inquiry");
    private static final DataClass FOOTAGE = DataClass.of("footage");

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-05-04T08:00:00Z");
    private final List<LedgerEvent> recorded = new ArrayList<>();

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve("gate.db");
    }

    private GrantRegister register(Store store) throws IOException {
        StoreVault vault =
                StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), () -> now);
        return GrantRegister.create(store, vault, recorded::add, () -> now);
    }

    private static String use(GrantRegister register, UUID id, PersonId holder, Purpose purpose, DataClass data)
            throws IOException {
        return register.use(id, holder, purpose, data).map(Reason::code).orElse("used");
    }

    @Test
    @DisplayName(
            "CAM-8 what was handed over is used for its purpose only, and until the day it ends; each use is recorded")
    void useIsBoundToPurposeAndTime() throws IOException {
        try (Store store = Stores.open(url())) {
            GrantRegister register = register(store);
            Instant until = now.plusSeconds(3_600);
            UUID id = register.grant(PARTNER, INQUIRY, FOOTAGE, "door 3, 2 May, letter of the police", until)
                    .id();
            assertThat(use(register, id, PARTNER, INQUIRY, FOOTAGE)).isEqualTo("used");
            assertThat(use(register, id, PARTNER, Purpose.of("advertising"), FOOTAGE))
                    .isEqualTo("grant.other-purpose");
            assertThat(use(register, id, PARTNER, INQUIRY, DataClass.of("picture")))
                    .isEqualTo("grant.other-data");
            assertThat(use(register, id, OTHER, INQUIRY, FOOTAGE)).isEqualTo("grant.of-another");
            assertThat(use(register, UUID.randomUUID(), OTHER, INQUIRY, FOOTAGE))
                    .isEqualTo("grant.unknown");
            now = until.minusMillis(1);
            assertThat(use(register, id, PARTNER, INQUIRY, FOOTAGE)).isEqualTo("used");
            now = until;
            assertThat(use(register, id, PARTNER, INQUIRY, FOOTAGE)).isEqualTo("grant.over");
            assertThat(register.inForce()).isEmpty();
            assertThat(recorded)
                    .extracting(event -> event.kind().value())
                    .containsExactly(
                            "data.granted",
                            "data.accessed",
                            "data.access-refused",
                            "data.access-refused",
                            "data.access-refused",
                            "data.access-refused",
                            "data.accessed",
                            "data.access-refused");
        }
        if (Files.exists(directory.resolve("gate.db"))) {
            assertThat(Files.readString(directory.resolve("gate.db"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("planted", "police");
        }
    }

    @Test
    @DisplayName("CAM-8 a hand-over can be ended before its day")
    void grantEndsWhenItIsTakenBack() throws IOException {
        try (Store store = Stores.open(url())) {
            GrantRegister register = register(store);
            UUID id = register.grant(PARTNER, INQUIRY, FOOTAGE, "door 3", now.plusSeconds(3_600))
                    .id();
            assertThat(register.inForce()).hasSize(1);
            now = now.plusSeconds(5);
            register.end(id);
            assertThat(use(register, id, PARTNER, INQUIRY, FOOTAGE)).isEqualTo("grant.over");
            register.end(id);
            register.end(UUID.randomUUID());
            assertThat(recorded)
                    .extracting(event -> event.kind().value())
                    .containsExactly("data.granted", "data.grant-ended", "data.access-refused");
            assertThatThrownBy(() -> register.grant(PARTNER, INQUIRY, FOOTAGE, "door 3", now))
                    .hasMessageContaining("ends after it begins");
        }
    }
}
