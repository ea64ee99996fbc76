package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.message.FaceMessages;
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
    /**
     * For landmark networks that see eyelids. The shipped one hardly does: on the one face of 1,225 of LFW with both eyes
     * well shut it puts the lids 0.56 of the usual distance apart, where 0.5 counts as shut.
     */
    BLINK,
    OPEN_MOUTH;

    /** Whether the head turns, which shows that it is not flat. */
    public boolean turnsHead() {
        return this == TURN_LEFT || this == TURN_RIGHT || this == NOD;
    }

    /** What to tell the person, in Chinese or, for every other language, in English. */
    public String text(Locale locale) {
        String code = "face.challenge.move." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        return FaceMessages.text(FaceMessages.reason(code), locale);
    }
}
