package io.gatehouse.policy.watch;

import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.watch.Pattern.ManyDepartments;
import io.gatehouse.policy.watch.Pattern.MissingExit;
import io.gatehouse.policy.watch.Pattern.OverLimit;
import io.gatehouse.policy.watch.Pattern.Overstay;
import java.util.Objects;

/**
 * What is looked for where, and how much it matters. Immutable and thread-safe.
 *
 * @param id       its name in alarms: 1 to 64 lower-case letters, digits, {@code . _ -}; those that begin with
 *                 {@code watch.} are the watch's own
 * @param severity how much somebody should hurry
 * @param pattern  what is looked for
 * @param scope    where and of whom; of a pattern of stays, the zones that are stayed in
 */
public record WatchRule(String id, Severity severity, Pattern pattern, Scope scope) {
    /** Begins the ids of what the watch itself finds. */
    static final String OWN = "watch.";

    private static final java.util.regex.Pattern FORM = java.util.regex.Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public WatchRule {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(scope, "scope");
        if (!FORM.matcher(id).matches() || id.startsWith(OWN)) {
            throw new IllegalArgumentException("rule id '" + id + "' is not 1 to 64 lower-case letters, digits, '.',"
                    + " '_' or '-', or begins with " + OWN);
        }
        boolean isStay = pattern instanceof Overstay
                || pattern instanceof OverLimit
                || pattern instanceof MissingExit
                || pattern instanceof ManyDepartments;
        if (isStay && !scope.portals().isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " is about stays in zones: it cannot name portals");
        }
        if (isStay && scope.zones().contains(ZoneCode.OUTSIDE)) {
            throw new IllegalArgumentException("rule " + id + " is about stays: nobody stays " + ZoneCode.OUTSIDE);
        }
        if (pattern instanceof OverLimit && (scope.zones().isEmpty() || scope.needsPeople())) {
            throw new IllegalArgumentException(
                    "rule " + id + " counts everybody in zones: it names zones, and neither kinds nor groups");
        }
        if (pattern instanceof ManyDepartments && !scope.zones().isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " names departments, so it cannot name zones too");
        }
    }

    public static WatchRule of(String id, Severity severity, Pattern pattern, Scope scope) {
        return new WatchRule(id, severity, pattern, scope);
    }
}
