package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A threshold that was put in force: the proposal, who decided and when, signed with Ed25519 (RFC 8032). Its document is
 * JSON, an empty line, and a line with the signature of everything before the empty line, so that it can be read, and
 * checked with other tools. It exists only with a signature that is right: reading checks it. Immutable and thread-safe.
 *
 * <p>The signature says who answers for the threshold; that it was decided at that time, and that no later decision was
 * held back, the ledger says, where its {@link #digest} is in an entry of kind {@link ThresholdProposal#IN_FORCE}. The
 * ledger signs with its own key and for its own entries only, which is why this takes a key of the vendor's.
 */
public final class CalibrationRecord {
    private static final String ALGORITHM = "Ed25519";
    private static final String SIGNATURE = "\n\nsignature-ed25519: ";
    private static final int MAX_BYTES = 4 << 20;

    private final ThresholdProposal proposal;
    private final PersonId decidedBy;
    private final Instant inForceFrom;
    private final String document;

    private CalibrationRecord(ThresholdProposal proposal, PersonId decidedBy, Instant inForceFrom, String document) {
        this.proposal = proposal;
        this.decidedBy = decidedBy;
        this.inForceFrom = inForceFrom;
        this.document = document;
    }

    static CalibrationRecord sign(ThresholdProposal proposal, PersonId by, Instant at, PrivateKey key) {
        String body = RecordJson.text(proposal, Objects.requireNonNull(by, "by"), Objects.requireNonNull(at, "at"));
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            String line = Base64.getEncoder().encodeToString(signature.sign());
            return new CalibrationRecord(proposal, by, at, body + SIGNATURE + line + "\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a threshold is signed with a key for " + ALGORITHM, e);
        }
    }

    /**
     * Reads a document and checks it.
     *
     * @throws ModelUnavailableException if the signature is not this key's, or the document is not of this form
     */
    public static CalibrationRecord parse(String document, PublicKey key) {
        int end = document.lastIndexOf(SIGNATURE);
        if (end < 0 || document.length() > MAX_BYTES) {
            throw new ModelUnavailableException("a record of a threshold is JSON, an empty line and a signature, in at"
                    + " most " + MAX_BYTES + " characters: this is not one");
        }
        String body = document.substring(0, end);
        if (!isSigned(body, document.substring(end + SIGNATURE.length()).strip(), key)) {
            throw new ModelUnavailableException("the record of a threshold was altered, or another key signed it:"
                    + " nothing of it is used; restore it, or put a threshold in force anew");
        }
        try {
            RecordJson read = RecordJson.parse(body);
            return new CalibrationRecord(read.proposal(), read.decidedBy(), read.inForceFrom(), document);
        } catch (IllegalArgumentException e) {
            throw new ModelUnavailableException(
                    "the record of a threshold is signed but cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * As {@link #parse}, from a file.
     *
     * @throws IOException if it cannot be read
     */
    public static CalibrationRecord load(Path file, PublicKey key) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new ModelUnavailableException(file + " has more than " + MAX_BYTES + " bytes: it is no record");
        }
        // Not strict UTF-8 reading: whatever the bytes are, the signature decides.
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), key);
    }

    private static boolean isSigned(String body, String signature, PublicKey key) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(body.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A signature that is none, or a key of another kind, has signed nothing.
            return false;
        }
    }

    /**
     * This record, if it was decided as the rule asks: for who loads one, since whoever has the key can sign without an
     * approver.
     *
     * @throws ModelUnavailableException if it was not
     */
    public CalibrationRecord requireApproval(ThresholdApproval rule) {
        rule.refusal(proposal.proposedBy(), decidedBy).ifPresent(reason -> {
            throw new ModelUnavailableException("the record of a threshold is not used: " + reason.text());
        });
        return this;
    }

    public ThresholdProposal proposal() {
        return proposal;
    }

    public PersonId decidedBy() {
        return decidedBy;
    }

    public Instant inForceFrom() {
        return inForceFrom;
    }

    /** The signed document; it names who proposed and who decided. */
    public String document() {
        return document;
    }

    /** SHA-256 of the document, as the ledger has it. */
    public String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(document.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Writes the document. */
    public void write(Path file) throws IOException {
        Files.writeString(file, document);
    }

    /**
     * The pack with this calibration: galleries and analysers made with it decide by it.
     *
     * @throws IllegalArgumentException if it is for another pack
     */
    public ModelPack applyTo(ModelPack pack) {
        if (!pack.id().equals(proposal.packId())) {
            throw new IllegalArgumentException(
                    "the threshold is for the pack " + proposal.packId() + ", not " + pack.id());
        }
        return pack.withCalibration(proposal.calibration());
    }

    @Override
    public String toString() {
        return "CalibrationRecord[" + proposal.packId() + ", FMR " + proposal.falseMatchRate() + ", in force from "
                + inForceFrom + "]";
    }
}
