package io.gatehouse.core.evidence;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/**
 * A guard's word: the guard looked at a document and says who this is. Immutable and thread-safe; {@code toString} leaves
 * the people and the note out.
 *
 * @param guard      who vouches
 * @param claimed    who the guard says this is
 * @param note       what was checked, for example the kind of document; 1 to 500 characters
 * @param capturedAt when
 * @param source     the desk or device it was entered at
 */
public record ManualEvidence(PersonId guard, PersonId claimed, String note, Instant capturedAt, String source)
        implements Evidence {
    private static final int MAX_NOTE = 500;

    public ManualEvidence {
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(claimed, "claimed");
        Objects.requireNonNull(capturedAt, "capturedAt");
        Objects.requireNonNull(source, "source");
        if (note.isBlank() || note.length() > MAX_NOTE) {
            throw new IllegalArgumentException("a manual identification says in 1 to " + MAX_NOTE
                    + " characters what was checked, this one has " + note.length());
        }
        if (guard.equals(claimed)) {
            throw new IllegalArgumentException("a guard cannot vouch for themselves");
        }
    }

    @Override
    public String toString() {
        return "ManualEvidence[" + capturedAt + ", " + source + "]";
    }

    @Override
    public Method method() {
        return Method.MANUAL;
    }

    @Override
    public <T> T fold(
            Function<? super FaceEvidence, ? extends T> face,
            Function<? super CodeEvidence, ? extends T> code,
            Function<? super CardEvidence, ? extends T> card,
            Function<? super ManualEvidence, ? extends T> manual) {
        return manual.apply(this);
    }
}
