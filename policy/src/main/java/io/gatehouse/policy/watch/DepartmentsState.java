package io.gatehouse.policy.watch;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.Pattern.ManyDepartments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Short stays in many departments. Of each person and department the end of the last short stay is kept. */
final class DepartmentsState extends RuleState {
    private final int[] departmentOf;
    private final int departments;
    private final int count;
    private final long shortStay;
    private final long within;

    private static final class Visit {
        int department = Places.NONE;
        long since;
        final long[] lastShort;

        Visit(int departments) {
            lastShort = new long[departments];
            Arrays.fill(lastShort, Tracked.NEVER);
        }
    }

    DepartmentsState(WatchRule rule, ManyDepartments pattern, Places places, Findings findings, int slot) {
        super(rule, places, findings, slot);
        this.departmentOf = places.innermost(pattern.departments(), rule.id());
        this.departments = pattern.departments().size();
        this.count = pattern.count();
        this.shortStay = pattern.shortStay().toNanos();
        this.within = pattern.within().toNanos();
    }

    @Override
    void see(Sighting sighting, @Nullable Tracked who) {
        if (who == null || !sighting.moves() || !reach.matches(sighting.event().subject())) {
            return;
        }
        Visit visit = (Visit) who.memory[slot];
        if (visit == null) {
            visit = new Visit(departments);
            who.memory[slot] = visit;
        }
        int to = departmentOf[sighting.zone()];
        if (to == visit.department) {
            return;
        }
        if (visit.department >= 0 && sighting.at() - visit.since < shortStay) {
            visit.lastShort[visit.department] = sighting.at();
            tell(sighting, visit);
        }
        visit.department = to;
        visit.since = sighting.at();
    }

    private void tell(Sighting sighting, Visit visit) {
        long after = sighting.at() - within;
        int stays = 0;
        for (long last : visit.lastShort) {
            stays += last != Tracked.NEVER && last > after ? 1 : 0;
        }
        if (stays >= count) {
            findings.tell(
                    rule,
                    sighting,
                    Reason.format(
                            "watch.many-departments",
                            "Short stays in %d departments within %d min: ask whom they visit.",
                            stays,
                            within / 60_000_000_000L));
        }
    }

    @Override
    long remembers() {
        return within;
    }
}
