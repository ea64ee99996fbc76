package io.gatehouse.policy.watch;

import io.gatehouse.policy.watch.WatchEvent.Meaning;
import org.jspecify.annotations.Nullable;

/** A rule at work. It is given each event once, in the order in which they happened. Not thread-safe. */
abstract class RuleState {
    final WatchRule rule;
    final Reach reach;
    final Findings findings;
    /** Where it remembers something of a person. */
    final int slot;

    RuleState(WatchRule rule, Places places, Findings findings, int slot) {
        this.rule = rule;
        this.reach = new Reach(rule, places);
        this.findings = findings;
        this.slot = slot;
    }

    /**
     * Somebody or something was seen.
     *
     * @param who null if nobody is known to be; their zone and when they were last seen are those before
     */
    abstract void see(Sighting sighting, @Nullable Tracked who);

    /** All that happened before this time has been seen. */
    void clock(long before) {}

    /** For how many nanoseconds somebody who is outside must be remembered after they were seen last. */
    long remembers() {
        return 0;
    }

    /** Somebody is remembered no longer. */
    void forget(Tracked who) {}

    static RuleState of(WatchRule rule, Places places, Findings findings, int slot) {
        Pattern pattern = rule.pattern();
        if (pattern instanceof Pattern.ManyPassages it) {
            return new CountingState.PerPerson(
                    rule,
                    places,
                    findings,
                    slot,
                    Meaning.PASSED,
                    it.count(),
                    it.within().toNanos());
        } else if (pattern instanceof Pattern.RefusedOften it) {
            long within = it.within().toNanos();
            return it.per() == Pattern.RefusedOften.Per.PERSON
                    ? new CountingState.PerPerson(rule, places, findings, slot, Meaning.REFUSED, it.count(), within)
                    : new CountingState.PerPortal(rule, places, findings, slot, it.count(), within);
        } else if (pattern instanceof Pattern.TooFarApart it) {
            return new TooFarApartState(rule, it, places, findings, slot);
        } else if (pattern instanceof Pattern.ManyDepartments it) {
            return new DepartmentsState(rule, it, places, findings, slot);
        } else if (pattern instanceof Pattern.Reappears it) {
            return new ReappearsState(rule, it, places, findings, slot);
        } else if (pattern instanceof Pattern.Overstay it) {
            return new StayState.Over(rule, it, places, findings, slot);
        } else if (pattern instanceof Pattern.MissingExit it) {
            return new StayState.Missing(rule, it, places, findings, slot);
        } else if (pattern instanceof Pattern.OverLimit it) {
            return new OverLimitState(rule, it, places, findings, slot);
        }
        throw new IllegalArgumentException("rule " + rule.id() + " needs no state");
    }
}
