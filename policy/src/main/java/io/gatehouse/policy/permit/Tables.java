package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Facts.Doing;
import io.gatehouse.policy.permit.facts.Facts.Passing;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.Operation.Action;
import java.util.BitSet;
import java.util.Map;

/**
 * Compiled rules and how they are asked. Immutable and thread-safe; {@link #verdict} allocates nothing.
 *
 * <p>Of the permits that are about the person at the place, those that fail on the fewest conditions come nearest, and the bits
 * of all of them together are the verdict. That does not depend on the order, so the tables may have any.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
record Tables(
        Ground ground,
        GroupNumbers groups,
        Map<String, Integer> resourceKinds,
        Map<PersonId, Integer> persons,
        WeekTable[] schedules,
        Extra[] extras,
        RuleTable permits,
        RuleTable forbids,
        RuleTable byPerson,
        WallClock clock) {

    static final int NONE_NEAR = -1;
    private static final int SKIP = -1;
    /** Above the bits of the conditions. */
    private static final int COUNT = 24;

    private static final int ACTIONS = Action.values().length;

    /** The place of an action on a kind of resources; kind 0 is any. */
    static int operation(Ground ground, int kind, Action action) {
        return ground.places() + kind * ACTIONS + action.ordinal();
    }

    /** 0, or the bits of {@link Condition} that say why not. */
    int verdict(Facts facts) {
        if (facts.asked() instanceof Passing passing) {
            int portal = ground.portal(passing.portal());
            if (portal < 0) {
                return Condition.UNKNOWN_PORTAL.bit();
            }
            int way = portal * 2 + passing.direction().ordinal();
            return verdict(
                    facts,
                    way,
                    Compiler.bit(passing.direction()),
                    ground.destinationPlace(way),
                    ground.portalPlace(portal),
                    Ground.ANYWHERE);
        }
        Doing doing = (Doing) facts.asked();
        Integer kind = resourceKinds.get(doing.resource().kind());
        int any = operation(ground, 0, doing.action());
        int here = kind == null ? -1 : operation(ground, kind, doing.action());
        return verdict(facts, -1, Compiler.bit(Direction.ENTRY), here, any, -1);
    }

    private int verdict(Facts facts, int way, int directions, int first, int second, int third) {
        long epochSecond = facts.at().getEpochSecond();
        long siteSecond = clock.localSecond(epochSecond);
        Subject subject = facts.subject();
        int person = persons.isEmpty() ? -1 : person(subject.person());
        int forbidden = 0;
        int nearest = NONE_NEAR;
        for (int i = 0; i < 3; i++) {
            int place = i == 0 ? first : i == 1 ? second : third;
            if (forbids.kindsOfGroups(place) != 0) {
                forbidden |= forbidden(facts, place, way, directions, person, siteSecond, epochSecond);
            }
        }
        if (forbidden != 0) {
            return forbidden;
        }
        for (int i = 0; i < 3 && nearest != 0; i++) {
            int place = i == 0 ? first : i == 1 ? second : third;
            if (permits.kindsOfGroups(place) != 0) {
                nearest = nearest(facts, place, way, directions, person, siteSecond, epochSecond, nearest);
            }
        }
        return verdict(nearest);
    }

    private int person(Person person) {
        if (persons.isEmpty()) {
            return -1;
        }
        Integer number = persons.get(person.id());
        return number == null ? -1 : number;
    }

    /** The n-th thing that this person may be found by, for tables with these kinds of groups; −1 after the last. */
    private static int code(Subject subject, int person, int kinds, int n) {
        if (n < subject.groupCount()) {
            return (kinds & GroupCodes.GROUP_BIT) == 0 ? SKIP : GroupCodes.ofGroup(subject.group(n));
        }
        return switch (n - subject.groupCount()) {
            case 0 -> (kinds & GroupCodes.ANYBODY_BIT) == 0 ? SKIP : GroupCodes.ANYBODY;
            case 1 ->
                (kinds & GroupCodes.KIND_BIT) == 0
                        ? SKIP
                        : GroupCodes.ofKind(subject.person().kind());
            default -> (kinds & GroupCodes.PERSON_BIT) == 0 || person < 0 ? SKIP : GroupCodes.ofPerson(person);
        };
    }

    private static int codes(Subject subject) {
        return subject.groupCount() + 3;
    }

    private int forbidden(
            Facts facts, int place, int way, int directions, int person, long siteSecond, long epochSecond) {
        Subject subject = facts.subject();
        int kinds = forbids.kindsOfGroups(place);
        int forbidden = 0;
        for (int n = 0; n < codes(subject); n++) {
            int code = code(subject, person, kinds, n);
            int slot = code == SKIP ? -1 : forbids.find(place, code);
            if (slot < 0) {
                continue;
            }
            int[] rows = forbids.rows();
            for (int row = forbids.start(slot); row < forbids.end(slot); row += RuleTable.ROW) {
                if (isAbout(rows, row, facts, directions) && plain(rows, row, facts, siteSecond, epochSecond) == 0) {
                    forbidden |= without(rows[row + 3], facts, way);
                }
            }
        }
        return forbidden;
    }

    /** A rule that forbids under no condition always does; another unless all of its conditions hold. */
    private int without(int extra, Facts facts, int way) {
        if (extra < 0 || !extras[extra].isConditional()) {
            return Condition.FORBIDDEN.bit();
        }
        int unmet = extras[extra].unmet(facts, way);
        return unmet == 0 ? 0 : unmet | Condition.FORBIDDEN.bit();
    }

    private int nearest(
            Facts facts,
            int place,
            int way,
            int directions,
            int person,
            long siteSecond,
            long epochSecond,
            int before) {
        Subject subject = facts.subject();
        int kinds = permits.kindsOfGroups(place);
        int nearest = before;
        for (int n = 0; n < codes(subject); n++) {
            int code = code(subject, person, kinds, n);
            int slot = code == SKIP ? -1 : permits.find(place, code);
            if (slot < 0) {
                continue;
            }
            int[] rows = permits.rows();
            for (int row = permits.start(slot); row < permits.end(slot); row += RuleTable.ROW) {
                if (isAbout(rows, row, facts, directions)) {
                    int extra = rows[row + 3];
                    int unmet = plain(rows, row, facts, siteSecond, epochSecond)
                            | (extra < 0 ? 0 : extras[extra].unmet(facts, way));
                    if (unmet == 0) {
                        return 0;
                    }
                    nearest = nearer(nearest, unmet);
                }
            }
        }
        return nearest;
    }

    /**
     * Fewer conditions are nearer; as many, and both count. How many the nearest rules fail on stands above the bits, for the
     * bits of several rules together are more.
     */
    static int nearer(int nearest, int unmet) {
        int counted = unmet | Integer.bitCount(unmet) << COUNT;
        int difference = (nearest >>> COUNT) - (counted >>> COUNT);
        return nearest == NONE_NEAR || difference > 0 ? counted : difference < 0 ? nearest : nearest | counted;
    }

    /** The verdict if no rule forbids. */
    static int verdict(int nearest) {
        return nearest == NONE_NEAR ? Condition.NO_RULE.bit() : nearest & (1 << COUNT) - 1;
    }

    private boolean isAbout(int[] rows, int row, Facts facts, int directions) {
        int extra = rows[row + 3];
        return RowMasks.include(rows[row + 2], directions, facts.subject())
                && (extra < 0 || extras[extra].includes(facts));
    }

    /** The bits of hours and method. */
    private int plain(int[] rows, int row, Facts facts, long siteSecond, long epochSecond) {
        int schedule = rows[row + 1];
        int unmet = schedule < 0 || schedules[schedule].holds(siteSecond, epochSecond) ? 0 : Condition.HOURS.bit();
        return RowMasks.takes(rows[row + 2], facts.presented().methodMask()) ? unmet : unmet | Condition.METHOD.bit();
    }

    /** The numbers of the rules that may be about this person, wherever. */
    BitSet about(Subject subject) {
        BitSet rules = new BitSet();
        int person = person(subject.person());
        int kinds = byPerson.kindsOfGroups(Ground.ANYWHERE);
        for (int n = 0; n < codes(subject); n++) {
            int code = code(subject, person, kinds, n);
            int slot = code == SKIP ? -1 : byPerson.find(Ground.ANYWHERE, code);
            if (slot >= 0) {
                for (int row = byPerson.start(slot); row < byPerson.end(slot); row += RuleTable.ROW) {
                    rules.set(byPerson.rows()[row]);
                }
            }
        }
        return rules;
    }
}
