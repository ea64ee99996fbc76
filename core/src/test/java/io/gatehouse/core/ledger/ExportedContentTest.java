package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.verify.ExportedEntries;
import io.gatehouse.core.ledger.verify.ExportedEntries.Content;
import io.gatehouse.core.place.PortalId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export tells without a key is what the ledger tells, but for people and personal facts. */
class ExportedContentTest {
    @TempDir
    Path directory;

    private List<byte[]> exported(LedgerHouse house) throws IOException {
        Path export = directory.resolve("export");
        house.ledger().export(export);
        List<byte[]> contents = new ArrayList<>();
        ExportedEntries entries = ExportedEntries.open(export);
        entries.read(0, entries.checkpoint().size(), (index, content) -> contents.add(content));
        return contents;
    }

    @Test
    void tellsWhatTheLedgerTells() throws IOException {
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            for (int i = 0; i < 20; i++) {
                house.ledger().append(LedgerHouse.event(i));
            }
            house.vault().shred(PersonId.of("person-3"), DataClass.LEDGER);
            house.ledger().append(LedgerHouse.event(23));
            house.ledger()
                    .append(LedgerEvent.builder(EventKind.EMERGENCY, LedgerHouse.NOW)
                            .fact("cause", "fire – 火")
                            .build());
            List<byte[]> contents = exported(house);
            List<LedgerEntry> entries = house.ledger().entries(0, 100);
            assertThat(contents).hasSameSizeAs(entries);
            for (LedgerEntry entry : entries) {
                Content read = Content.read(contents.get((int) entry.index()));
                LedgerEvent event = entry.event();
                assertThat(read.id()).isEqualTo(event.id());
                assertThat(read.occurredAt()).isEqualTo(event.occurredAt());
                assertThat(read.recordedAt()).isEqualTo(entry.recordedAt());
                assertThat(read.kind()).isEqualTo(event.kind().value());
                assertThat(read.portal()).isEqualTo(event.portal().map(PortalId::value));
                assertThat(read.zone()).isEmpty();
                assertThat(read.pseudonym()).isEqualTo(entry.pseudonym());
                assertThat(read.facts()).isEqualTo(event.facts());
            }
        }
    }

    @Test
    void refusesWhatIsCutOrAltered() throws IOException {
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            house.ledger().append(LedgerHouse.event(1));
            byte[] content = exported(house).get(0);
            for (int length = 0; length < content.length; length++) {
                byte[] cut = Arrays.copyOf(content, length);
                assertThatThrownBy(() -> Content.read(cut))
                        .as("cut to %d", length)
                        .isInstanceOf(IOException.class);
            }
            byte[] longer = Arrays.copyOf(content, content.length + 1);
            assertThatThrownBy(() -> Content.read(longer)).isInstanceOf(IOException.class);
            byte[] other = content.clone();
            other[0] = 2;
            assertThatThrownBy(() -> Content.read(other)).isInstanceOf(IOException.class);
        }
    }
}
