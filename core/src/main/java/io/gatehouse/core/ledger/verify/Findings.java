package io.gatehouse.core.ledger.verify;

import io.gatehouse.core.ledger.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Collects findings while a ledger is read, a bounded number of them. Used by one thread. */
public final class Findings {
    private static final int MAX_LISTED = 1_000;

    private final List<Finding> listed = new ArrayList<>();
    private long further;

    /** Begins with none. */
    public Findings() {}

    /** Adds one. */
    public void add(Kind kind, long index, String words) {
        if (listed.size() < MAX_LISTED) {
            listed.add(new Finding(kind, index, words));
        } else {
            further++;
        }
    }

    /** Adds those of a part. */
    public void addAll(Findings part) {
        part.listed.forEach(finding -> add(finding.kind(), finding.index(), finding.words()));
        further += part.further;
    }

    /** What was found so far, up to a bound. */
    public List<Finding> listed() {
        return List.copyOf(listed);
    }

    /** Whether nothing was found so far. */
    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /** Checks that this key signed the note, and adds what is wrong. */
    public void checkSignature(CheckpointNote note, VerifierKey key) {
        switch (note.signed(key)) {
            case BY_THIS_KEY -> {
                if (!note.origin().equals(key.name())) {
                    add(
                            Kind.WRONG_KEY,
                            Finding.WHOLE,
                            "The checkpoint is of " + note.origin() + ", not of " + key.name() + ".");
                }
            }
            case FALSELY ->
                add(
                        Kind.FALSE_SIGNATURE,
                        Finding.WHOLE,
                        "The checkpoint's signature is false: size, root or signature were altered.");
            case BY_OTHERS ->
                add(Kind.WRONG_KEY, Finding.WHOLE, "The checkpoint is not signed by the key of " + key.name() + ".");
        }
    }

    /** What was found: verified for this note, with the newest key of the ledger, if nothing was. */
    public Verification outcome(CheckpointNote note, VerifierKey newest) {
        return listed.isEmpty()
                ? new Verification.Verified(
                        note.origin(), note.size(), HexFormat.of().formatHex(note.root()), newest)
                : refuted();
    }

    Verification refuted() {
        return new Verification.Refuted(listed, further);
    }
}
