package io.gatehouse.policy.retain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random items, holds, erasures and purges against a plain list of what must be there. */
class RandomRetentionTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int HISTORIES = 3;
    private static final int STEPS = 60;

    @TempDir
    Path directory;

    private Instant now = START;

    /** The rules of the house, written once more by hand. */
    private record Model(List<KeptItem> items, Map<KeptItem, byte[]> sealed, Map<PersonId, LegalHold> holds) {
        static boolean isPast(KeptItem item, int days, Instant now) {
            return !item.startedAt().atZone(ZONE).plusDays(days).toInstant().isAfter(now);
        }

        boolean isHeld(KeptItem item) {
            return holds.containsKey(item.owner().orElseThrow());
        }

        void purge(Instant now) {
            items.removeIf(item -> !isHeld(item) && isPast(item, item.kind().isPresent() ? 2 : 30, now));
        }

        void erase(PersonId person, Instant now) {
            items.removeIf(item -> item.owner().orElseThrow().equals(person)
                    && !isHeld(item)
                    && isPast(item, item.kind().isPresent() ? 0 : 10, now));
        }
    }

    @Test
    @DisplayName("ATT-7 what is over goes and nothing else, whatever is held, erased and purged in which order")
    void goesWhenItIsOverAndNotBefore() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("RandomRetentionTest seed " + seed);
        Random random = new Random(seed);
        for (int history = 0; history < HISTORIES; history++) {
            now = START;
            Path house = Files.createDirectories(directory.resolve("house-" + history));
            play(house, random, "seed " + seed + ", history " + history);
        }
    }

    private void play(Path directory, Random random, String what) throws IOException {
        Model model = new Model(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        try (RetainHouse house = RetainHouse.open(directory, () -> now)) {
            long added = 0;
            for (int step = 0; step < STEPS; step++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
                PersonId person = PersonId.of("person-" + random.nextInt(6));
                int choice = random.nextInt(10);
                if (choice < 5) {
                    added += add(house, model, random, step);
                } else if (choice == 5) {
                    hold(house, model, person);
                } else if (choice == 6) {
                    house.job.erase(person);
                    model.erase(person, now);
                } else {
                    house.job.run();
                    model.purge(now);
                }
                Set<KeptItem> must = new HashSet<>(model.items());
                assertThat(new HashSet<>(house.pictures.all()))
                        .as("step %d, %s", step, what)
                        .isEqualTo(must);
            }
            model.holds().clear();
            check(house, model, added, what);
        }
    }

    private long add(RetainHouse house, Model model, Random random, int step) throws IOException {
        long added = 0;
        for (int i = random.nextInt(4); i >= 0; i--) {
            String owner = "person-" + random.nextInt(6);
            // Whoever was shredded begins anew.
            house.vault.renew(PersonId.of(owner), RetainHouse.PICTURE);
            String id = "p" + step + "-" + i;
            KeptItem item = random.nextInt(3) == 0 ? house.guestPicture(id, owner, now) : house.picture(id, owner, now);
            model.items().add(item);
            model.sealed().put(item, house.pictures.sealedSample(item).orElseThrow());
            added++;
        }
        return added;
    }

    private void hold(RetainHouse house, Model model, PersonId person) throws IOException {
        LegalHold held = model.holds().remove(person);
        if (held != null) {
            house.holds.lift(held.id(), PersonId.of("clerk"), "closed");
        } else {
            LegalHold hold = LegalHold.of(person, "claim", PersonId.of("clerk"), now);
            house.holds.place(hold);
            model.holds().put(person, hold);
        }
    }

    /** What is there opens; the certificates count what went, exactly; the ledger is sound. */
    private static void check(RetainHouse house, Model model, long added, String what) throws IOException {
        for (KeptItem each : model.items()) {
            assertThat(house.pictures.open(each)).as(what).contains("content of " + each.id());
        }
        long certified = 0;
        for (LedgerEntry each : house.ledger.entries(0, 10_000)) {
            if (each.event().kind().equals(PurgeCertificate.KIND)) {
                certified += Long.parseLong(each.event().facts().getOrDefault("items", ""));
                assertThat(each.event().facts()).as(what).containsEntry("probes-opened", "0");
            }
        }
        assertThat(certified).as(what).isEqualTo(added - model.items().size());
        assertThat(house.ledger.verify().findings()).as(what).isEmpty();
    }
}
