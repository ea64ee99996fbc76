package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a program that purges people, at any moment: each is gone whole or there whole, and the list has who is gone. */
class PurgeKilledTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
    private static final DataClass FACE = DataClass.FACE_TEMPLATE;
    private static final int BATCH = 30;

    @TempDir
    Path directory;

    /** What the programs said: the bytes sealed for a person, and the wrapped key that they were sealed under. */
    private record Kept(byte[] sealed, byte[] wrapped) {}

    private final Map<PersonId, Kept> people = new HashMap<>();
    private final Set<PersonId> acknowledged = new HashSet<>();

    @Test
    @DisplayName("5 programs killed while they purge: nobody is half gone")
    void nobodyIsHalfGone() throws Exception {
        kill(5);
    }

    @Test
    @Tag("long")
    @DisplayName("50 programs killed while they purge: nobody is half gone")
    void nobodyIsHalfGoneOfFiftyKills() throws Exception {
        kill(50);
    }

    private void kill(int times) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("PurgeKilledTest seed " + seed);
        Random random = new Random(seed);
        for (int time = 0; time < times; time++) {
            int lines = random.nextInt(4 * BATCH);
            runAndKill(time, lines);
            check("seed " + seed + ", kill " + time + " after " + lines + " lines");
        }
        assertThat(acknowledged).isNotEmpty();
    }

    private void runAndKill(int time, int lines) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Purging.class.getName(),
                        directory.toString(),
                        "run-" + time)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("errors").toFile()))
                .start();
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                take(out.readLine());
            }
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            // What it said before it died counts too.
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void take(String line) throws IOException {
        assertThat(line).as(Files.readString(directory.resolve("errors"))).isNotNull();
        String[] words = line.split(" ", -1);
        if (words[0].equals("sealed") && words.length == 5) {
            HexFormat hex = HexFormat.of();
            people.put(PersonId.of(words[1]), new Kept(hex.parseHex(words[2]), hex.parseHex(words[3])));
        } else if (words[0].equals("shredded") && words.length == 3) {
            acknowledged.add(PersonId.of(words[1]));
        }
    }

    private void check(String as) throws Exception {
        List<byte[]> destroyed = new ArrayList<>();
        try (House house = House.open(directory)) {
            StoreVault vault = house.vault();
            long events = 0;
            for (PersonId person : people.keySet()) {
                Kept kept = people.get(person);
                Optional<byte[]> opened = vault.open(person, FACE, kept.sealed());
                if (opened.isPresent()) {
                    assertThat(acknowledged).as(as).doesNotContain(person);
                    assertThat(opened.get()).as(as).isEqualTo(Purging.clear(person));
                } else {
                    assertThatThrownBy(() -> vault.seal(person, FACE, new byte[1]))
                            .as(as)
                            .isInstanceOf(ShreddedException.class);
                    assertThat(vault.shred(person, FACE).keyFingerprint())
                            .as(as)
                            .isNotEmpty();
                    destroyed.add(kept.wrapped());
                    events++;
                }
            }
            events += checkLedger(house.ledger(), as);
            ShredReplay replay = vault.replayShreddings(House.list(directory));
            assertThat(replay).as(as).isEqualTo(new ShredReplay(0, events, 0, false));
        }
        byte[] files = Files.readAllBytes(directory.resolve(House.DATABASE));
        destroyed.forEach(key -> assertThat(contains(files, key)).as(as).isFalse());
    }

    /** How many people are gone from the ledger. */
    private long checkLedger(StoreLedger ledger, String as) throws IOException {
        assertThat(ledger.verify().findings()).as(as).isEmpty();
        long gone = 0;
        List<LedgerEntry> entries = ledger.entries(0, 10_000);
        for (LedgerEntry entry : entries) {
            PersonId person = PersonId.of(entry.event().facts().getOrDefault("of", ""));
            if (entry.event().person().isPresent()) {
                assertThat(entry.event().person()).as(as).hasValue(person);
                assertThat(entry.event().personalFacts()).as(as).containsEntry("score", "41.7");
                assertThat(acknowledged).as(as).doesNotContain(person);
            } else {
                assertThat(entry.event().personalFacts()).as(as).isEmpty();
                gone++;
            }
        }
        assertThat(entries.size()).as(as).isGreaterThanOrEqualTo(people.size());
        return gone;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            if (bytes[at] == part[0] && Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** Store, vault and ledger, with the list kept, as at every start. */
    private record House(Store store, StoreVault vault, StoreLedger ledger) implements AutoCloseable {
        static final String DATABASE = "gatehouse.db";

        static House open(Path directory) throws IOException {
            Store store = Stores.open(directory.resolve(DATABASE));
            StoreVault vault =
                    StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key")), CLOCK);
            vault.keepShreddingsIn(list(directory));
            return new House(store, vault, StoreLedger.open(store, vault, "house.example.com", CLOCK));
        }

        static Path list(Path directory) {
            return directory.resolve("shreddings");
        }

        @Override
        public void close() throws IOException {
            ledger.close();
            vault.close();
            store.close();
        }
    }

    /** Seals for people, records them, and shreds them one by one, until it is killed; says what is done. */
    static final class Purging {
        private Purging() {}

        static byte[] clear(PersonId person) {
            return ("template of " + person.value()).getBytes(StandardCharsets.UTF_8);
        }

        public static void main(String[] arguments) throws IOException {
            try (House house = House.open(Path.of(arguments[0]))) {
                for (int first = 0; first < 1_000_000; first += BATCH) {
                    List<PersonId> batch = new ArrayList<>();
                    for (int i = first; i < first + BATCH; i++) {
                        PersonId person = PersonId.of(arguments[1] + "-" + i);
                        enrol(house, person);
                        batch.add(person);
                    }
                    for (PersonId person : batch) {
                        house.vault().shred(person, FACE);
                        house.vault().shred(person, DataClass.LEDGER);
                        System.out.println("shredded " + person.value() + " .");
                    }
                }
            }
        }

        private static void enrol(House house, PersonId person) throws IOException {
            byte[] sealed = house.vault().seal(person, FACE, clear(person));
            house.ledger()
                    .append(LedgerEvent.builder(EventKind.PASSAGE, CLOCK.instant())
                            .person(person)
                            .fact("of", person.value())
                            .personalFact("score", "41.7")
                            .build());
            HexFormat hex = HexFormat.of();
            System.out.println("sealed " + person.value() + " " + hex.formatHex(sealed) + " "
                    + hex.formatHex(wrapped(house.store(), sealed)) + " .");
        }

        private static byte[] wrapped(Store store, byte[] sealed) throws IOException {
            return store.read(connection -> {
                try (PreparedStatement select =
                        connection.prepareStatement("SELECT wrapped FROM vault_key WHERE id = ?")) {
                    select.setBytes(1, Arrays.copyOfRange(sealed, 1, 9));
                    try (ResultSet rows = select.executeQuery()) {
                        rows.next();
                        return rows.getBytes(1);
                    }
                }
            });
        }
    }
}
