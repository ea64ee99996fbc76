package io.gatehouse.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.consent.FollowUp.Action;
import io.gatehouse.policy.consent.freeze.Freeze;
import io.gatehouse.policy.consent.freeze.FreezeRegister;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories against a plain model of what must hold: lawful if and only if the last word is a yes, to the notice in
 * force, that is not over, was said by somebody old enough or a guardian, about data that are not frozen.
 */
class RandomConsentHistoryTest {
    private static final int HISTORIES = 8;
    private static final int STEPS = 120;
    private static final int SECONDS = 1_000_000;

    private static final PersonId LI = PersonId.of("li");
    private static final PersonId CHILD = PersonId.of("child");
    private static final List<PersonId> PEOPLE = List.of(LI, CHILD);
    private static final List<Purpose> PURPOSES = List.of(Purpose.ACCESS, Purpose.ATTENDANCE);
    private static final List<DataClass> DATA = List.of(DataClass.FACE_TEMPLATE, DataClass.of("picture"));

    /** Answers alone from this day on, five days after the first instant there is. */
    private static final LocalDate GROWN_UP = LocalDate.of(1970, 1, 6);

    private static final AgeRule AGES = new AgeRule(
            14,
            person -> person.equals(CHILD) ? Optional.of(GROWN_UP.minusYears(14)) : Optional.empty(),
            ZoneId.of("UTC"));

    @TempDir
    Path directory;

    /** A yes, as the model knows it. */
    private record Yes(int version, Optional<Instant> until, boolean isValid) {}

    /** What must hold, kept apart from the registers. */
    private static final class Expected {
        final Map<ConsentSubject, Yes> yes = new HashMap<>();
        final Map<String, Integer> inForce = new HashMap<>();
        final Set<ConsentSubject> answered = new HashSet<>();
        final Map<String, Freeze> frozen = new HashMap<>();
        Instant now = Instant.EPOCH;
        boolean isHeld;

        boolean isLawful(ConsentSubject subject) {
            Yes said = yes.get(subject);
            return said != null
                    && said.isValid()
                    && said.version() == inForce.getOrDefault(pair(subject), 0)
                    && isYes(said)
                    && !frozen.containsKey(data(subject));
        }

        boolean isYes(Yes said) {
            return said.until().isEmpty() || now.isBefore(said.until().get());
        }

        /** Whether another purpose has a yes about the same data, be it valid or not. */
        boolean hasOther(ConsentSubject subject) {
            return yes.entrySet().stream()
                    .anyMatch(entry -> data(entry.getKey()).equals(data(subject)) && isYes(entry.getValue()));
        }

        static String pair(ConsentSubject subject) {
            return subject.purpose() + "/" + subject.dataClass();
        }

        static String data(ConsentSubject subject) {
            return subject.person() + "/" + subject.dataClass();
        }
    }

    /** The registers of one opening of the database, and what the listener heard. */
    private record House(
            JdbcConsentRegister register,
            FreezeRegister freezes,
            LawfulBasis basis,
            Map<ConsentSubject, Action> heard) {}

    /** The database of one history. */
    String url(int history) {
        return "sqlite:" + directory.resolve("history-" + history + ".db");
    }

    int histories() {
        return HISTORIES;
    }

    @Test
    @DisplayName("ATT-1 data are never lawful to use without a valid consent at that instant")
    void neverLawfulWithoutValidConsent() throws IOException {
        long seed = System.nanoTime();
        System.out.println("neverLawfulWithoutValidConsent seed " + seed);
        Random random = new Random(seed);
        int lawful = 0;
        for (int history = 0; history < histories(); history++) {
            lawful += play(random, url(history), "seed " + seed);
        }
        System.out.println("instants with a basis: " + lawful);
        assertThat(lawful).as("instants with a basis, seed %d", seed).isPositive();
    }

    private int play(Random random, String url, String what) throws IOException {
        Expected expected = new Expected();
        int lawful = 0;
        Store store = Stores.open(url);
        try {
            House house = open(store, expected);
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(25) == 0) {
                    store.close();
                    store = Stores.open(url);
                    house = open(store, expected);
                }
                // The clock jumps about: the order of answers counts, not what a clock says.
                expected.now = Instant.ofEpochSecond(random.nextInt(SECONDS));
                expected.isHeld = random.nextInt(4) == 0;
                house.heard().clear();
                Map<ConsentSubject, Yes> before = new HashMap<>(expected.yes);
                step(random, house, expected, subject(random));
                checkHeard(house, expected, before, "step " + step + ", " + what);
                lawful += check(house.basis(), expected, "step " + step + ", " + what);
            }
        } finally {
            store.close();
        }
        return lawful;
    }

    private House open(Store store, Expected expected) throws IOException {
        StoreVault vault = StoreVault.open(
                store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), InstantSource.system());
        ConsentOptions options = ConsentOptions.plain().ages(AGES).honouring((person, dataClass) -> expected.isHeld);
        JdbcConsentRegister register = JdbcConsentRegister.create(store, vault, () -> expected.now, options);
        Map<ConsentSubject, Action> heard = new HashMap<>();
        register.onWithdrawn(followUp -> heard.put(followUp.record().subject(), followUp.action()));
        FreezeRegister freezes =
                FreezeRegister.create(store, vault, event -> {}, (by, freeze) -> Optional.empty(), () -> expected.now);
        return new House(register, freezes, freezes.guard(register), heard);
    }

    private static void step(Random random, House house, Expected expected, ConsentSubject subject) throws IOException {
        String pair = Expected.pair(subject);
        int version = expected.inForce.getOrDefault(pair, 0);
        int choice = random.nextInt(14);
        if (choice == 0 || version == 0) {
            house.register().publish(notice(version + 1), subject.purpose(), subject.dataClass());
            expected.inForce.put(pair, version + 1);
        } else if (choice < 7) {
            give(random, house, expected, subject, version);
        } else if (choice < 9) {
            house.register().refuse(subject, notice(version), "kiosk");
            expected.yes.remove(subject);
            expected.answered.add(subject);
        } else if (choice == 9) {
            house.register().expire();
            expected.yes.values().removeIf(said -> !expected.isYes(said));
        } else if (choice < 12) {
            freeze(house, expected, subject);
        } else if (expected.answered.contains(subject)) {
            house.register().withdraw(subject, "app");
            expected.yes.remove(subject);
        }
    }

    private static void give(Random random, House house, Expected expected, ConsentSubject subject, int version)
            throws IOException {
        int shown = random.nextInt(4) == 0 ? 1 + random.nextInt(version) : version;
        ConsentTerms terms = ConsentTerms.none();
        if (random.nextInt(3) == 0) {
            terms = terms.until(Instant.ofEpochSecond(random.nextInt(SECONDS)));
        }
        if (random.nextInt(3) == 0) {
            terms = terms.by(new Guardian("Wang", "mother"));
        }
        house.register().give(subject, notice(shown), "kiosk", terms);
        boolean isGrownUp = !subject.person().equals(CHILD)
                || !expected.now.isBefore(GROWN_UP.atStartOfDay(AGES.zone()).toInstant());
        expected.yes.put(
                subject,
                new Yes(shown, terms.expiresAt(), isGrownUp || terms.guardian().isPresent()));
        expected.answered.add(subject);
    }

    private static void freeze(House house, Expected expected, ConsentSubject subject) throws IOException {
        Freeze frozen = expected.frozen.remove(Expected.data(subject));
        if (frozen != null) {
            house.freezes().lift(frozen.id(), LI, "examined");
        } else {
            Freeze made = house.freezes()
                    .freeze(subject.person(), Set.of(subject.dataClass()), "misuse")
                    .get(0);
            expected.frozen.put(Expected.data(subject), made);
        }
    }

    /** Every yes that ended was told, with what the holds and the other consents leave to be done; and nothing else. */
    private static void checkHeard(House house, Expected expected, Map<ConsentSubject, Yes> before, String what) {
        Set<ConsentSubject> ended = new HashSet<>(before.keySet());
        ended.removeAll(expected.yes.keySet());
        assertThat(house.heard().keySet()).as("told at %s", what).isEqualTo(ended);
        house.heard().forEach((subject, action) -> {
            Action must =
                    expected.hasOther(subject) ? Action.STOP_USE : expected.isHeld ? Action.RESTRICT : Action.SHRED;
            assertThat(action).as("%s at %s", subject, what).isEqualTo(must);
        });
    }

    private static int check(LawfulBasis basis, Expected expected, String what) {
        int lawful = 0;
        for (ConsentSubject subject : subjects()) {
            boolean is = basis.basisFor(subject.person(), subject.purpose(), subject.dataClass())
                    .isLawful();
            assertThat(is).as("%s of %s at %s", subject, subject.person(), what).isEqualTo(expected.isLawful(subject));
            lawful += is ? 1 : 0;
        }
        return lawful;
    }

    private static Notice notice(int version) {
        return Notice.of("face", version, "en", "Text " + version);
    }

    private static ConsentSubject subject(Random random) {
        List<ConsentSubject> all = subjects();
        return all.get(random.nextInt(all.size()));
    }

    private static List<ConsentSubject> subjects() {
        List<ConsentSubject> subjects = new ArrayList<>();
        for (PersonId person : PEOPLE) {
            for (Purpose purpose : PURPOSES) {
                DATA.forEach(data -> subjects.add(ConsentSubject.of(person, purpose, data)));
            }
        }
        return subjects;
    }
}
