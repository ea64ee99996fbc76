package io.gatehouse.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
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

/** Random histories against a map of what must hold: lawful if and only if the last word is a yes to the notice in force. */
class RandomConsentHistoryTest {
    private static final int HISTORIES = 8;
    private static final int STEPS = 120;

    private static final List<PersonId> PEOPLE = List.of(PersonId.of("li"), PersonId.of("wang"));
    private static final List<Purpose> PURPOSES = List.of(Purpose.ACCESS, Purpose.ATTENDANCE);
    private static final List<DataClass> DATA = List.of(DataClass.FACE_TEMPLATE, DataClass.of("picture"));

    @TempDir
    Path directory;

    /** What must hold, kept apart from the register: the version last said yes to, and the version in force. */
    private record Expected(
            Map<ConsentSubject, Integer> yes, Map<String, Integer> inForce, Set<ConsentSubject> answered) {
        boolean isLawful(ConsentSubject subject) {
            return yes.containsKey(subject) && yes.get(subject).equals(inForce.get(pair(subject)));
        }

        static String pair(ConsentSubject subject) {
            return subject.purpose() + "/" + subject.dataClass();
        }
    }

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
        Expected expected = new Expected(new HashMap<>(), new HashMap<>(), new HashSet<>());
        Set<ConsentSubject> ended = new HashSet<>();
        int lawful = 0;
        Store store = Stores.open(url);
        try {
            JdbcConsentRegister register = open(store, random, ended);
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(25) == 0) {
                    store.close();
                    store = Stores.open(url);
                    register = open(store, random, ended);
                }
                ended.clear();
                ConsentSubject subject = subject(random);
                boolean wasGiven = expected.yes().containsKey(subject);
                step(random, register, expected, subject);
                assertThat(ended.contains(subject))
                        .as("listeners told at step %d, %s", step, what)
                        .isEqualTo(wasGiven && !expected.yes().containsKey(subject));
                lawful += check(register, expected, "step " + step + ", " + what);
            }
        } finally {
            store.close();
        }
        return lawful;
    }

    /** The clock jumps about: the order of answers counts, not what a clock says. */
    private JdbcConsentRegister open(Store store, Random random, Set<ConsentSubject> ended) throws IOException {
        StoreVault vault = StoreVault.open(
                store, KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")), InstantSource.system());
        JdbcConsentRegister register =
                JdbcConsentRegister.create(store, vault, () -> Instant.ofEpochSecond(random.nextInt(1_000_000)));
        register.onWithdrawn(followUp -> ended.add(followUp.record().subject()));
        return register;
    }

    private static void step(Random random, JdbcConsentRegister register, Expected expected, ConsentSubject subject)
            throws IOException {
        String pair = Expected.pair(subject);
        int version = expected.inForce().getOrDefault(pair, 0);
        int choice = random.nextInt(10);
        if (choice == 0 || version == 0) {
            register.publish(notice(version + 1), subject.purpose(), subject.dataClass());
            expected.inForce().put(pair, version + 1);
        } else if (choice < 6) {
            int shown = random.nextInt(4) == 0 ? 1 + random.nextInt(version) : version;
            register.give(subject, notice(shown), "kiosk");
            expected.yes().put(subject, shown);
            expected.answered().add(subject);
        } else if (choice < 8) {
            register.refuse(subject, notice(version), "kiosk");
            expected.yes().remove(subject);
            expected.answered().add(subject);
        } else if (expected.answered().contains(subject)) {
            register.withdraw(subject, "app");
            expected.yes().remove(subject);
        }
    }

    private static int check(JdbcConsentRegister register, Expected expected, String what) {
        int lawful = 0;
        for (ConsentSubject subject : subjects()) {
            boolean is = register.basisFor(subject.person(), subject.purpose(), subject.dataClass())
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
