package io.gatehouse.policy.retain.audit;

import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.policy.retain.RetentionSchedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what an auditor takes away: the ledger ({@value #LEDGER}), the schedule ({@value #SCHEDULE}) and the report
 * ({@value #REPORT}, {@value #PAGE}). People and personal facts stay sealed in it. Stateless.
 */
public final class AuditExport {
    /** The folder with the exported ledger. */
    public static final String LEDGER = "ledger";

    /** The schedule in its canonical form. */
    public static final String SCHEDULE = "schedule.json";

    /** The report for programs. */
    public static final String REPORT = "report.json";

    /** The report for people. */
    public static final String PAGE = "report.html";

    private AuditExport() {}

    /**
     * Exports everything into a new directory.
     *
     * @return the checkpoint that it is of; keep it, for the next audit is held against it
     * @throws IOException if there is something at {@code directory}, or it cannot be written
     */
    public static Checkpoint write(StoreLedger ledger, RetentionSchedule schedule, AuditOptions options, Path directory)
            throws IOException {
        Files.createDirectory(directory);
        Checkpoint checkpoint = ledger.export(directory.resolve(LEDGER));
        AuditReport report = AuditReport.of(directory.resolve(LEDGER), schedule, options);
        Files.writeString(directory.resolve(SCHEDULE), schedule.toJson(), StandardCharsets.UTF_8);
        Files.writeString(directory.resolve(REPORT), report.toJson(), StandardCharsets.UTF_8);
        Files.writeString(directory.resolve(PAGE), report.toHtml(), StandardCharsets.UTF_8);
        return checkpoint;
    }
}
