package io.gatehouse.policy.retain;

import io.gatehouse.core.store.Claim;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.retain.PurgeTables.Run;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Begins and ends runs, and ends those that were cut off. Thread-safe. */
final class PurgeRuns {
    private static final String CLAIM = "policy.retain purge";

    private final Store store;
    private final Vault vault;
    private final RetentionSchedule schedule;
    private final Destroyer destroyer;
    private final Certifier certifier;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    PurgeRuns(
            Store store,
            Vault vault,
            RetentionSchedule schedule,
            Destroyer destroyer,
            Certifier certifier,
            InstantSource clock) {
        this.store = store;
        this.vault = vault;
        this.schedule = schedule;
        this.destroyer = destroyer;
        this.certifier = certifier;
        this.clock = clock;
    }

    @FunctionalInterface
    interface Alone<T> {
        T run() throws IOException;
    }

    /** One at a time, also among programs that share the database. */
    <T> T alone(Alone<T> work) throws IOException {
        Claim claim = store.claim(CLAIM)
                .orElseThrow(() -> new StoreException("Another program is purging this database: wait for its end."));
        try {
            return work.run();
        } finally {
            claim.close();
        }
    }

    /** Finishes and certifies what a program that died had begun. */
    List<PurgeCertificate> finishCutOff() throws IOException {
        List<PurgeCertificate> certificates = new ArrayList<>();
        for (Run each : store.read(PurgeTables::open)) {
            destroyer.finishBegun(each);
            certificates.addAll(close(each));
        }
        return certificates;
    }

    /** Certifies what a run destroyed; nothing more is done in it. */
    List<PurgeCertificate> close(Run run) throws IOException {
        List<PurgeCertificate> certificates = new ArrayList<>();
        for (String name : store.read(connection -> PurgeTables.keepers(connection, run.id()))) {
            certifier.certify(run, destroyer.keeper(name)).ifPresent(certificates::add);
        }
        store.write(connection -> PurgeTables.close(connection, run.id()));
        return certificates;
    }

    Run begin(String cause) throws IOException {
        UUID id = UUID.randomUUID();
        byte[] salt = new byte[Destroyer.saltBytes()];
        random.nextBytes(salt);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Run unsealed = new Run(id, cause, schedule.version(), schedule.sha256(), now, new byte[0]);
        byte[] sealed = vault.sealSecret(Destroyer.saltName(unsealed), salt);
        Run run = new Run(id, cause, schedule.version(), schedule.sha256(), now, sealed);
        store.write(connection -> PurgeTables.insert(connection, run));
        return run;
    }
}
