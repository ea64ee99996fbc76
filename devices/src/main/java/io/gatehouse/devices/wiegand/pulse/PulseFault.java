package io.gatehouse.devices.wiegand.pulse;

/** What went wrong on the wire. */
public enum PulseFault {
    /** A pulse of less than a tenth of the shortest: a spike. */
    GLITCH("a spike"),
    /** A pulse shorter than the shortest. */
    RUNT("a pulse that was too short"),
    /** A line that stayed low for longer than the longest pulse. */
    STUCK("a line that stayed low"),
    /** Both lines were low at once, as when a wire is cut or they touch. */
    BOTH_LOW("both lines low at once"),
    /** A line went low, or high, twice in a row. */
    DROPPED_EDGE("an edge that was lost"),
    /** Two pulses nearer to each other than any reader sends them. */
    TOO_CLOSE("pulses too close together"),
    /** A pause within a card, in which a bit may have been lost. */
    PAUSE("a pause within the card"),
    /** More bits than any card has. */
    TOO_MANY("too many bits"),
    /** An edge before the one before it. */
    TIME_WENT_BACK("a clock that went back");

    private final String words;

    PulseFault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
