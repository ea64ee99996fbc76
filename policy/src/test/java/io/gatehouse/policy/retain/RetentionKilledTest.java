package io.gatehouse.policy.retain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.LedgerEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a program that purges, at any moment: whatever went is certified once, what is held stays, and the rest goes. */
class RetentionKilledTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant LATER = START.plus(Duration.ofDays(60));
    private static final int PEOPLE = 120;
    private static final int ITEMS = 2 * PEOPLE;

    @TempDir
    Path directory;

    @Test
    @DisplayName("ATT-7 programs killed while they purge: everything is certified once, and nothing that is held goes")
    void everythingIsCertifiedOnce() throws Exception {
        kill(3);
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-7 40 programs killed while they purge: everything is certified once")
    void everythingIsCertifiedOnceOfFortyKills() throws Exception {
        kill(40);
    }

    private void kill(int times) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("RetentionKilledTest seed " + seed);
        Random random = new Random(seed);
        for (int time = 0; time < times; time++) {
            Path house = Files.createDirectories(directory.resolve("house-" + time));
            Map<KeptItem, byte[]> sealed = fill(house);
            int kills = 1 + random.nextInt(2);
            for (int kill = 0; kill < kills; kill++) {
                runAndKill(house, random);
            }
            check(house, sealed, "seed " + seed + ", house " + time);
        }
    }

    /** Each person has two pictures; every tenth person is held. */
    private static Map<KeptItem, byte[]> fill(Path directory) throws IOException {
        Map<KeptItem, byte[]> sealed = new HashMap<>();
        try (RetainHouse house = RetainHouse.open(directory, () -> START)) {
            for (int i = 0; i < ITEMS; i++) {
                KeptItem item = house.picture("p" + i, "person-" + i / 2, START.plusSeconds(i));
                sealed.put(item, house.pictures.sealedSample(item).orElseThrow());
            }
            for (int i = 0; i < PEOPLE; i += 10) {
                house.holds.place(LegalHold.of(PersonId.of("person-" + i), "claim", PersonId.of("clerk"), START));
            }
        }
        return sealed;
    }

    /** After so many lines, or so many milliseconds after the first: the rooms' deletions say each a line. */
    private void runAndKill(Path house, Random random) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Purging.class.getName(),
                        house.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("errors").toFile()))
                .start();
        int lines = 1 + random.nextInt(30);
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                if (line == null) {
                    break;
                }
            }
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        // A newer Java warns of what libraries do.
        assertThat(Files.readAllLines(directory.resolve("errors")))
                .filteredOn(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                .isEmpty();
    }

    private static void check(Path directory, Map<KeptItem, byte[]> sealed, String as) throws IOException {
        try (RetainHouse house = RetainHouse.open(directory, () -> LATER)) {
            house.job.run();
            assertThat(house.store.read(PurgeTables::open)).as(as).isEmpty();
            Set<KeptItem> left = new HashSet<>(house.pictures.all());
            long gone = 0;
            for (Map.Entry<KeptItem, byte[]> each : sealed.entrySet()) {
                PersonId owner = each.getKey().owner().orElseThrow();
                boolean isHeld = Integer.parseInt(owner.value().substring("person-".length())) % 10 == 0;
                assertThat(left.contains(each.getKey())).as(as).isEqualTo(isHeld);
                assertThat(house.vault
                                .open(owner, RetainHouse.PICTURE, each.getValue())
                                .isPresent())
                        .as(as)
                        .isEqualTo(isHeld);
                gone += isHeld ? 0 : 1;
            }
            checkCertificates(house, gone, as);
        }
    }

    private static void checkCertificates(RetainHouse house, long gone, String as) throws IOException {
        assertThat(house.ledger.verify().findings()).as(as).isEmpty();
        long items = 0;
        List<String> prints = new ArrayList<>();
        for (LedgerEntry each : house.ledger.entries(0, 10_000)) {
            Map<String, String> facts = each.event().facts();
            if (each.event().kind().equals(PurgeCertificate.KIND)) {
                items += Long.parseLong(facts.getOrDefault("items", ""));
                assertThat(facts).as(as).containsEntry("probes-opened", "0");
                String own = facts.getOrDefault("key-fingerprints", "");
                prints.addAll(own.isEmpty() ? List.of() : List.of(own.split(",", -1)));
            }
        }
        assertThat(items).as(as).isEqualTo(gone);
        assertThat(new HashSet<>(prints)).as(as + ": every key once").hasSameSizeAs(prints);
    }

    /** Purges in small batches until it is killed; says a line at each of the rooms' deletions and batches. */
    static final class Purging {
        private Purging() {}

        public static void main(String[] arguments) throws IOException {
            try (RetainHouse house = RetainHouse.open(Path.of(arguments[0]), () -> LATER)) {
                PurgeJob job = PurgeJob.create(
                        house.store,
                        house.vault,
                        house.ledger,
                        house.schedule,
                        List.of(new TalkingRoom(house.pictures), house.footage),
                        house.holds,
                        () -> LATER,
                        7);
                job.run(progress -> System.out.println("batch " + progress.items()));
            }
        }
    }
}
