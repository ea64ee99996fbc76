package io.gatehouse.core.ledger.verify;

import io.gatehouse.core.ledger.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which witnesses a checkpoint must be cosigned by: so many of these. With more than half of them needed, and honest,
 * nobody is shown another past than somebody else (C2SP {@code tlog-cosignature}). Immutable and thread-safe.
 *
 * @param needed how many must have cosigned, 0 to their number
 * @param keys   the witnesses that count, no two with the same name or key
 */
public record Witnesses(int needed, List<WitnessKey> keys) {
    /** None is needed. */
    public static final Witnesses NONE = new Witnesses(0, List.of());

    public Witnesses {
        keys = List.copyOf(keys);
        if (needed < 0 || needed > keys.size()) {
            throw new IllegalArgumentException(
                    "of " + keys.size() + " witnesses 0 to " + keys.size() + " can be needed, not " + needed);
        }
        for (int i = 0; i < keys.size(); i++) {
            for (WitnessKey other : keys.subList(0, i)) {
                if (other.name().equals(keys.get(i).name())
                        || Arrays.equals(other.publicKey(), keys.get(i).publicKey())) {
                    throw new IllegalArgumentException("the witnesses " + other.name() + " and "
                            + keys.get(i).name() + " have one name or one key: each counts once");
                }
            }
        }
    }

    /** Adds what is wrong with a checkpoint's cosignatures; those of other witnesses are left aside. */
    public void check(CheckpointNote checkpoint, Findings findings) {
        List<String> missing = new ArrayList<>();
        int valid = 0;
        for (WitnessKey key : keys) {
            switch (checkpoint.cosigned(key)) {
                case BY_THIS_KEY -> valid++;
                case BY_OTHERS -> missing.add(key.name() + " is missing");
                case FALSELY -> {
                    missing.add(key.name() + " is false");
                    findings.add(
                            Kind.FALSE_SIGNATURE,
                            Finding.WHOLE,
                            "The cosignature of the witness " + key.name()
                                    + " is false: it, size or root were altered.");
                }
            }
        }
        if (valid < needed) {
            findings.add(
                    Kind.NOT_WITNESSED,
                    Finding.WHOLE,
                    "Of " + keys.size() + " witnesses " + needed + " must have cosigned, " + valid + " did: "
                            + String.join(", ", missing) + ".");
        }
    }
}
