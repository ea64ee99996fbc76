package io.gatehouse.core.ledger;

import java.io.IOException;
import java.util.Objects;

/** A witness does not cosign a checkpoint. */
public class WitnessRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why not. In brackets the answer of the C2SP {@code tlog-witness} specification. */
    public enum Reason {
        /** It is not a witness of this ledger (404). */
        UNKNOWN_LEDGER,
        /** The checkpoint is not signed by a key that it trusts (403). */
        NOT_SIGNED,
        /** Its newest checkpoint has another size than the one the proof is from: ask again (409). */
        OTHER_SIZE,
        /** The checkpoint is shorter than the newest one it saw: the ledger was cut (400). */
        ROLLED_BACK,
        /** The checkpoint does not follow from the newest one it saw: the ledger was given another past (409, 422). */
        FORKED
    }

    public WitnessRefusedException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
