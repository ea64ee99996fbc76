package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outlines beside the entries that they are of. */
class LedgerOutlineTest {
    private static final int ENTRIES = 2 * OutlineReader.SLICE + 700;
    private static final List<EventKind> KINDS = List.of(EventKind.DECISION, EventKind.PASSAGE, EventKind.OUTCOME);

    @TempDir
    Path directory;

    private LedgerHouse house;

    /** The database of this test, the same each time. */
    String url() {
        return "sqlite:" + directory.resolve(LedgerHouse.DATABASE);
    }

    @BeforeEach
    void open() throws IOException {
        house = LedgerHouse.open(directory, url());
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private static LedgerEvent random(Random random) {
        LedgerEvent.Builder event = LedgerEvent.builder(
                KINDS.get(random.nextInt(KINDS.size())), LedgerHouse.NOW.plusNanos(random.nextInt()));
        if (random.nextBoolean()) {
            event.portal(PortalId.of("portal-" + random.nextInt(4)));
        }
        if (random.nextBoolean()) {
            event.zone(ZoneCode.of("zone-" + random.nextInt(3)));
        }
        for (int facts = random.nextInt(4); facts > 0; facts--) {
            // Some are met again, some are not, and some are too long to be kept.
            String value = random.nextInt(3) > 0 ? "done" : "größer " + random.nextInt();
            event.fact("fact-" + facts, random.nextInt(50) == 0 ? value.repeat(40) : value);
        }
        if (random.nextBoolean()) {
            event.person(PersonId.of("person-" + random.nextInt(5))).personalFact("score", "41.7");
        }
        return event.build();
    }

    private void append(Random random, int count) {
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            last = house.ledger().appendAsync(random(random));
        }
        last.join();
    }

    private List<Outline> outlines(long from) throws IOException {
        List<Outline> all = new ArrayList<>();
        house.ledger().outlines(from, all::addAll);
        return all;
    }

    private static Outline withoutPerson(Outline outline) {
        return new Outline(
                outline.index(),
                outline.occurredAt(),
                outline.recordedAt(),
                outline.kind(),
                outline.portal(),
                outline.zone(),
                outline.pseudonym(),
                Optional.empty(),
                outline.facts(),
                outline.leafHash());
    }

    /** The plain way: opens each entry. */
    private List<Outline> plain() throws IOException {
        List<Outline> all = new ArrayList<>();
        for (long from = 0; from < house.ledger().size(); from += 10_000) {
            house.ledger().entries(from, 10_000).forEach(each -> all.add(withoutPerson(each.outline())));
        }
        return all;
    }

    @Test
    @DisplayName("outlines tell what the entries tell, but the person and what is sealed, also of who was shredded")
    void tellWhatTheEntriesTell() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("LedgerOutlineTest seed " + seed);
        Random random = new Random(seed);
        append(random, ENTRIES / 2);
        house.vault().shred(PersonId.of("person-1"), DataClass.LEDGER);
        append(random, ENTRIES - ENTRIES / 2);
        List<Outline> plain = plain();
        for (int from : new int[] {0, 1, OutlineReader.SLICE - 1, OutlineReader.SLICE + 5, ENTRIES - 1, ENTRIES}) {
            assertThat(outlines(from)).as("from %d, seed %d", from, seed).isEqualTo(plain.subList(from, ENTRIES));
        }
        assertThat(outlines(ENTRIES + 5L)).isEmpty();
        List<Outline> byDefault = new ArrayList<>();
        new EntriesOnly(house.ledger()).outlines(7, byDefault::addAll);
        assertThat(byDefault.stream().map(LedgerOutlineTest::withoutPerson)).isEqualTo(plain.subList(7, ENTRIES));
    }

    /** A ledger that has no other way to outlines than its entries. */
    private record EntriesOnly(StoreLedger ledger) implements Ledger {
        @Override
        public LedgerEntry append(LedgerEvent event) throws IOException {
            return ledger.append(event);
        }

        @Override
        public long size() throws IOException {
            return ledger.size();
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) throws IOException {
            return ledger.entries(from, limit);
        }

        @Override
        public Checkpoint checkpoint() throws IOException {
            return ledger.checkpoint();
        }
    }

    @Test
    @DisplayName(
            "an entry that was altered or removed ends the outlines with an error that names it, after those before")
    void noticesDamage() throws Exception {
        append(new Random(1), ENTRIES);
        int at = OutlineReader.SLICE + 100;
        for (String damage : List.of(
                "UPDATE ledger_entry SET leaf_hash = zeroblob(32)",
                "UPDATE ledger_entry SET content = zeroblob(90)",
                "DELETE FROM ledger_entry")) {
            change("CREATE TABLE was AS SELECT * FROM ledger_entry WHERE position = " + at);
            change(damage + " WHERE position = " + at);
            List<Outline> taken = new ArrayList<>();
            assertThatThrownBy(() -> house.ledger().outlines(0, taken::addAll))
                    .as(damage)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("entry " + at + " ");
            assertThat(taken).hasSize(OutlineReader.SLICE);
            assertThatThrownBy(() -> outlines(at - 3L)).isInstanceOf(LedgerException.class);
            assertThat(outlines(at + 1L)).hasSize(ENTRIES - at - 1);
            change("DELETE FROM ledger_entry WHERE position = " + at);
            change("INSERT INTO ledger_entry SELECT * FROM was");
            change("DROP TABLE was");
        }
        assertThat(outlines(0)).hasSize(ENTRIES);
    }

    private void change(String sql) throws IOException {
        house.store().write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(TestSql.on(house.store().dialect(), sql));
            }
        });
    }

    @Test
    void stopsWhenTheyCannotBeTaken() throws Exception {
        append(new Random(2), ENTRIES);
        List<Outline> taken = new ArrayList<>();
        assertThatThrownBy(() -> house.ledger().outlines(0, next -> {
                    taken.addAll(next);
                    throw new IOException("no more paper");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no more paper");
        assertThat(taken).hasSize(OutlineReader.SLICE);
        assertThatIllegalArgumentException().isThrownBy(() -> outlines(-1));
    }

    private static @Nullable Outline plainly(byte[] content) {
        try {
            EntryBytes entry = EntryCodec.decode(content);
            return new Outline(
                    3,
                    entry.occurredAt(),
                    entry.recordedAt(),
                    EventKind.of(entry.kind()),
                    entry.portal().isEmpty() ? Optional.empty() : Optional.of(PortalId.of(entry.portal())),
                    entry.zone().isEmpty() ? Optional.empty() : Optional.of(ZoneCode.of(entry.zone())),
                    entry.pseudonym().map(HexFormat.of()::formatHex),
                    Optional.empty(),
                    entry.facts(),
                    HexFormat.of().formatHex(MerkleTree.leafHash(content)));
        } catch (LedgerException | IllegalArgumentException e) {
            return null;
        }
    }

    @Test
    @DisplayName("bytes that were cut or altered anywhere are read as the codec reads them, or refused as it does")
    void refusesWhatTheCodecRefuses() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("LedgerOutlineTest seed " + seed);
        Random random = new Random(seed);
        EntrySealer sealer = new EntrySealer(house.vault());
        OutlineDecoder decoder = new OutlineDecoder();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] content = sealer.seal(random(random), LedgerHouse.NOW).content();
            if (random.nextInt(4) > 0) {
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] altered =
                    random.nextInt(4) == 0 ? Arrays.copyOf(content, random.nextInt(content.length + 5)) : content;
            Outline expected = plainly(altered);
            if (expected == null) {
                refused++;
                assertThatThrownBy(() -> decoder.decode(3, altered, MerkleTree.leafHash(altered)))
                        .as("seed %d, round %d", seed, i)
                        .isInstanceOf(LedgerException.class);
            } else {
                assertThat(decoder.decode(3, altered, MerkleTree.leafHash(altered)))
                        .as("seed %d, round %d", seed, i)
                        .isEqualTo(expected);
            }
        }
        assertThat(refused).isBetween(2_000, 18_000);
    }
}
