package io.gatehouse.policy.retain.audit;

import io.gatehouse.core.ledger.verify.LedgerVerifier;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.DocumentReader;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.retain.RetentionSchedule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks an audit with nothing but its files and the ledger's public key: that the ledger is whole and signed, begins with
 * the checkpoint that the auditor kept, and that the report is what the ledger says. A program of its own
 * ({@link #main}). Immutable and thread-safe.
 */
public final class AuditVerifier {
    private static final int VERIFIED = 0;
    private static final int REFUTED = 1;
    private static final int NOT_POSSIBLE = 2;
    private static final int MAX_REPORT = 256 << 20;

    private static final String USAGE =
            "Usage: AuditVerifier <directory> <verifier key> [<file with a kept checkpoint>]";

    private final VerifierKey key;

    private AuditVerifier(VerifierKey key) {
        this.key = Objects.requireNonNull(key, "key");
    }

    /** A verifier for the ledger of this key; take it from where the ledger's keeper cannot exchange it. */
    public static AuditVerifier of(VerifierKey key) {
        return new AuditVerifier(key);
    }

    /**
     * Checks what {@link AuditExport} wrote.
     *
     * @param kept a checkpoint from before, kept where the ledger's keeper cannot reach it
     * @return what is wrong; nothing if all is as it should be
     * @throws IOException if it cannot be read
     */
    public List<String> verify(Path directory, Optional<String> kept) throws IOException {
        Path ledger = directory.resolve(AuditExport.LEDGER);
        LedgerVerifier verifier = LedgerVerifier.of(key);
        Verification verification = kept.isPresent() ? verifier.verify(ledger, kept.get()) : verifier.verify(ledger);
        List<String> wrong = new ArrayList<>();
        verification.findings().forEach(finding -> wrong.add("the ledger: " + finding));
        if (!wrong.isEmpty()) {
            return wrong;
        }
        RetentionSchedule schedule = RetentionSchedule.read(DocumentSource.of(directory.resolve(AuditExport.SCHEDULE)));
        AuditReport report = AuditReport.of(ledger, schedule, options(directory.resolve(AuditExport.REPORT)));
        same(directory, AuditExport.SCHEDULE, schedule.toJson(), wrong);
        same(directory, AuditExport.REPORT, report.toJson(), wrong);
        same(directory, AuditExport.PAGE, report.toHtml(), wrong);
        return wrong;
    }

    private static void same(Path directory, String name, String right, List<String> wrong) throws IOException {
        String there = Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
        if (!there.equals(right)) {
            List<String> lines = there.lines().toList();
            List<String> own = right.lines().toList();
            int line = 0;
            while (line < lines.size() && line < own.size() && lines.get(line).equals(own.get(line))) {
                line++;
            }
            wrong.add("the file " + name + " is not what the ledger says, from line " + (line + 1) + " on: "
                    + (line < own.size() ? "it should say " + own.get(line).strip() : "it should end there"));
        }
    }

    /** What was asked stands in the report; whether that is what the auditor asked is for them to see. */
    private static AuditOptions options(Path report) throws IOException {
        Map<String, Element> fields = DocumentReader.of(
                        new DocumentLimits(MAX_REPORT, MAX_REPORT, 50_000_000, 24, 10_000))
                .read(DocumentSource.of(report))
                .entries();
        Element asOf = fields.get("asOf");
        Element needsTwo = fields.get("needsTwo");
        if (asOf == null || needsTwo == null) {
            throw new IOException(report + " does not say what was asked: it needs 'asOf' and 'needsTwo'");
        }
        return new AuditOptions(asOf.parsed("a time such as 2026-01-31T08:00:00Z", Instant::parse), needsTwo.flag());
    }

    /** Checks an audit's files; the exit code is 0 if all is right, 1 if something is wrong, 2 if it cannot be told. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    static int run(String[] arguments, PrintStream out) {
        if (arguments.length < 2 || arguments.length > 3) {
            out.println(USAGE);
            return NOT_POSSIBLE;
        }
        try {
            Path directory = Path.of(arguments[0]);
            Optional<String> kept = arguments.length == 3
                    ? Optional.of(Files.readString(Path.of(arguments[2]), StandardCharsets.UTF_8))
                    : Optional.empty();
            List<String> wrong = of(VerifierKey.parse(arguments[1])).verify(directory, kept);
            wrong.forEach(out::println);
            out.println(wrong.isEmpty() ? "verified: the report is what the ledger says" : "refuted");
            return wrong.isEmpty() ? VERIFIED : REFUTED;
        } catch (IOException | IllegalArgumentException e) {
            out.println("It cannot be told: " + e.getMessage());
            return NOT_POSSIBLE;
        }
    }
}
