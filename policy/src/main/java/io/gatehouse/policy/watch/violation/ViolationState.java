package io.gatehouse.policy.watch.violation;

import io.gatehouse.policy.internal.document.Element;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of a violation. */
public enum ViolationState {
    /** A rule or a person says that there was one. */
    PROPOSED,
    /** A person decided that there was one, and what follows. */
    CONFIRMED,
    /** A person decided that there was none. */
    DISMISSED,
    /** Whom it is about contests the decision; what follows waits. */
    CONTESTED,
    /** The decision stays. */
    UPHELD,
    /** There was one, and less follows. */
    REDUCED,
    /** There was none after all. */
    OVERTURNED;

    /** Whether there was one, as things stand. */
    public boolean isStanding() {
        return this == CONFIRMED || this == CONTESTED || this == UPHELD || this == REDUCED;
    }

    static Set<String> standing() {
        return Arrays.stream(values())
                .filter(ViolationState::isStanding)
                .map(ViolationState::word)
                .collect(Collectors.toSet());
    }

    /** As it is stored and recorded. */
    String word() {
        return Element.word(this);
    }

    static ViolationState ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no state of a violation"));
    }
}
