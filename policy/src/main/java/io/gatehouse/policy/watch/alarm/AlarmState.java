package io.gatehouse.policy.watch.alarm;

import java.util.Locale;

/** How far somebody is with an alarm. */
public enum AlarmState {
    /** Nobody has seen it yet. */
    RAISED,
    /** Somebody looks after it. */
    ACKNOWLEDGED,
    /** It is over; the same finding raises another alarm. */
    RESOLVED;

    /** As it is stored and recorded. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AlarmState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
