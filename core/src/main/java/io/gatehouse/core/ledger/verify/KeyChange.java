package io.gatehouse.core.ledger.verify;

import java.util.Objects;

/**
 * The statement that a ledger's checkpoints are signed by another key from an entry on: a checkpoint (C2SP
 * {@code tlog-checkpoint}) of all entries before it with the extension line {@code key-change <old key> <new key>},
 * signed by both keys. It stands on the ledger as an entry of the kind {@value #KIND}, in the fact {@value #FACT}.
 * Immutable and thread-safe.
 *
 * @param from the key so far
 * @param to   the key from the entry on
 * @param note the signed statement
 */
public record KeyChange(VerifierKey from, VerifierKey to, CheckpointNote note) {
    /** The kind of the entry. */
    public static final String KIND = "ledger.key-change";

    /** The fact of the entry that holds the note. */
    public static final String FACT = "change";

    private static final String EXTENSION = "key-change ";

    public KeyChange {
        Objects.requireNonNull(note, "note");
        if (!from.name().equals(note.origin()) || !to.name().equals(note.origin()) || from.equals(to)) {
            throw new IllegalArgumentException(
                    "a change of key is from one key of " + note.origin() + " to another of it");
        }
    }

    /** The lines that both keys sign. */
    public static String body(long size, byte[] root, VerifierKey from, VerifierKey to) {
        return CheckpointNote.body(from.name(), size, root) + EXTENSION + from + " " + to + "\n";
    }

    /** Whether a note is a change of key: it has an extension line of that name. */
    public static boolean isChange(CheckpointNote note) {
        return note.extensions().stream().anyMatch(line -> line.startsWith(EXTENSION));
    }

    /**
     * Reads a change; whether it is signed is asked by {@link #signedByBoth}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static KeyChange parse(String note) {
        return of(CheckpointNote.parse(note));
    }

    /** As {@link #parse}. */
    public static KeyChange of(CheckpointNote note) {
        String[] words =
                note.extensions().size() == 1 ? note.extensions().get(0).split(" ", -1) : new String[0];
        if (words.length != 3 || !note.extensions().get(0).startsWith(EXTENSION)) {
            throw new IllegalArgumentException(
                    "a change of key is a checkpoint with the line '" + EXTENSION + "<old key> <new key>'");
        }
        return new KeyChange(VerifierKey.parse(words[1]), VerifierKey.parse(words[2]), note);
    }

    /** Whether both keys signed it; one alone could be somebody's who has stolen or made just that one. */
    public boolean signedByBoth() {
        return note.signed(from) == CheckpointNote.Signed.BY_THIS_KEY
                && note.signed(to) == CheckpointNote.Signed.BY_THIS_KEY;
    }
}
