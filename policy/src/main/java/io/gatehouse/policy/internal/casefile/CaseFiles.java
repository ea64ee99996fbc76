package io.gatehouse.policy.internal.casefile;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps cases in tables of a room. Thread-safe, also with several programs on one database: a step is taken only by who has
 * seen all the steps before it. Each step becomes an entry of the ledger, {@code <word>.<kind>}, as soon as the ledger takes
 * it; the step and that it waits are committed together, and the ledger takes the same event only once. Must not be called
 * within a work of the same store.
 */
public final class CaseFiles {
    private static final Logger LOG = System.getLogger(CaseFiles.class.getName());
    private static final int BATCH = 500;

    private final Store store;
    private final CaseTables tables;
    private final Sealing sealing;
    private final Vault vault;
    private final Optional<Ledger> ledger;
    private final String word;

    private CaseFiles(
            Store store, CaseTables tables, Vault vault, DataClass dataClass, Optional<Ledger> ledger, String word) {
        this.store = store;
        this.tables = tables;
        this.vault = vault;
        this.sealing = new Sealing(vault, dataClass);
        this.ledger = ledger;
        this.word = word;
    }

    /**
     * Brings the room's tables up to date, and into the ledger what an earlier run could not.
     *
     * @param room   whose tables these are
     * @param word   begins the names of the tables, with {@code _} for {@code -}, and the kinds of events
     * @param others scripts of the room's other tables
     */
    public static CaseFiles create(
            Store store,
            Vault vault,
            Optional<Ledger> ledger,
            String room,
            String word,
            DataClass dataClass,
            String... others)
            throws IOException {
        Objects.requireNonNull(vault, "vault");
        CaseTables tables = new CaseTables(word.replace('-', '_'));
        List<String> scripts = new ArrayList<>(List.of(tables.script()));
        scripts.addAll(List.of(others));
        store.migrate(room, scripts);
        CaseFiles files = new CaseFiles(store, tables, vault, dataClass, ledger, word);
        files.recordPending();
        return files;
    }

    /** Begins a case; false if there is one with this id, which stays as it is. */
    public boolean begin(UUID id, Optional<PersonId> person, Step first, Index index) throws IOException {
        StoredCase row = sealing.seal(id, person, index, first);
        StoredStep step = sealing.seal(id, 0, person, first);
        boolean began = store.write(connection -> tables.insert(connection, row, step, ledger.isPresent()));
        recordPending();
        return began;
    }

    /**
     * Takes a step; false, and nothing is changed, if another was taken since the case was read.
     *
     * @param step if before the last one, by a clock that went back, it counts as of the same time
     */
    public boolean append(CaseFile file, Step step, Index index) throws IOException {
        Step next = step.at().isBefore(file.last().at())
                ? new Step(
                        step.id(), file.last().at(), step.kind(), step.by(), step.facts(), step.personal(), step.body())
                : step;
        StoredStep sealed = sealing.seal(file.id(), file.steps().size(), file.person(), next);
        boolean appended = store.write(connection -> tables.append(connection, sealed, index, ledger.isPresent()));
        recordPending();
        return appended;
    }

    public Optional<CaseFile> find(UUID id) throws IOException {
        record Rows(StoredCase row, List<StoredStep> steps) {}
        Optional<Rows> rows = store.read(connection -> {
            Optional<StoredCase> row = tables.find(connection, id);
            return row.isEmpty() ? Optional.empty() : Optional.of(new Rows(row.get(), tables.steps(connection, id)));
        });
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(open(rows.get().row(), rows.get().steps()));
    }

    public List<CaseFile> find(CaseQuery query) throws IOException {
        Optional<String> pseudonym = query.person().isEmpty()
                ? Optional.empty()
                : sealing.known(query.person().get());
        if (query.person().isPresent() && pseudonym.isEmpty()) {
            return List.of();
        }
        List<List<StoredStep>> steps = new ArrayList<>();
        List<StoredCase> rows = store.read(connection -> {
            steps.clear();
            List<StoredCase> found = tables.find(connection, query, pseudonym);
            for (StoredCase row : found) {
                steps.add(tables.steps(connection, row.id()));
            }
            return found;
        });
        List<CaseFile> files = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            files.add(open(rows.get(i), steps.get(i)));
        }
        return List.copyOf(files);
    }

    private CaseFile open(StoredCase row, List<StoredStep> steps) throws IOException {
        return vault.together(() -> {
            List<Step> opened = new ArrayList<>();
            for (StoredStep step : steps) {
                opened.add(sealing.open(step));
            }
            return new CaseFile(row.id(), sealing.open(row.id(), row.sealedPerson()), row.index(), opened);
        });
    }

    /** Tries again to bring steps into a ledger that failed; every step does so too. True if none waits. */
    public synchronized boolean recordPending() {
        if (ledger.isEmpty()) {
            return true;
        }
        try {
            List<StoredStep> waiting = store.read(connection -> tables.unrecorded(connection, BATCH));
            while (!waiting.isEmpty()) {
                for (StoredStep step : waiting) {
                    ledger.get().append(event(step));
                    store.write(connection -> {
                        tables.recorded(connection, step.id());
                        return true;
                    });
                }
                waiting = store.read(connection -> tables.unrecorded(connection, BATCH));
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "steps of " + word + " wait to be recorded in the ledger", e);
            return false;
        }
    }

    /** Whoever was shredded before is not in it; that the step was taken is on record all the same. */
    private LedgerEvent event(StoredStep stored) throws IOException {
        Step step = sealing.open(stored);
        LedgerEvent.Builder event = LedgerEvent.builder(EventKind.of(word + "." + step.kind()), step.at())
                .id(step.id())
                .fact("case", stored.caseId().toString());
        step.facts().forEach(event::fact);
        Optional<PersonId> owner = sealing.open(stored.id(), stored.sealedPerson());
        if (owner.isPresent()) {
            event.person(owner.get());
            step.by().ifPresent(by -> event.personalFact("by", by.value()));
            step.personal().forEach(event::personalFact);
            if (!step.body().isEmpty()) {
                event.personalFact("body-sha256", sha256(step.body()));
            }
        }
        return event.build();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
