package io.gatehouse.biometrics.face.liveness;

import java.util.Locale;

/**
 * What a challenge asks a person to do. Left and right are the person's own. Thread-safe.
 */
public enum Move {
    /** Not drawn: how a challenge begins, and what comes between two moves. */
    LOOK_STRAIGHT,
    TURN_LEFT,
    TURN_RIGHT,
    NOD,
    BLINK,
    OPEN_MOUTH;

    /** Whether the head turns, which shows that it is not flat. */
    public boolean turnsHead() {
        return this == TURN_LEFT || this == TURN_RIGHT || this == NOD;
    }

    /** What to tell the person, in Chinese or, for every other language, in English. */
    public String text(Locale locale) {
        return ChallengeTexts.text("move." + name().toLowerCase(Locale.ROOT).replace('_', '-'), locale);
    }
}
