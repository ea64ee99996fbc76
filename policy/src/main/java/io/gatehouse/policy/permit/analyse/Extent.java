package io.gatehouse.policy.permit.analyse;

import io.gatehouse.policy.permit.analyse.Space.Axis;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Limit.Passback;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * In which cases a rule decides. Whatever rules require can be met, all of it together, and limits kept: by somebody sure,
 * alive, escorted, equipped, cool and approved on an empty site. Only too few methods cannot be mended, and these are an axis.
 *
 * @param box     what it is about
 * @param always  the cases in which it decides, whatever else holds; none for a rule that permits
 * @param perhaps cases in which it decides where what it requires beside methods is met (a permit) or is not (a forbid)
 */
record Extent(Rule rule, Region box, Region always, List<Region> perhaps) {
    static Extent of(Space space, Rule rule) {
        Region box = space.box(rule);
        BitSet few = Space.methods(shown -> isTooFew(rule.requires(), shown));
        BitSet enough = Space.methods(shown -> !isTooFew(rule.requires(), shown));
        if (rule.effect() == Effect.PERMIT) {
            Region met = box.only(Axis.METHODS, enough);
            return new Extent(rule, box, box.only(Axis.METHODS, new BitSet()), List.of(met));
        }
        if (!rule.isConditional()) {
            return new Extent(rule, box, box, List.of());
        }
        List<Region> unmet = asksForMoreThanKinds(rule.requires())
                ? List.of(box)
                : reached(space, rule, box).toList();
        return new Extent(rule, box, box.only(Axis.METHODS, few), unmet);
    }

    /** All cases in which it may decide. */
    List<Region> possible() {
        return Stream.concat(Stream.of(always), perhaps.stream()).toList();
    }

    boolean isPermit() {
        return rule.effect() == Effect.PERMIT;
    }

    private static boolean isTooFew(Requirements asks, int shown) {
        return (asks.kinds() > 1 && Integer.bitCount(shown) < asks.kinds())
                || (asks.maxFalseMatchRate() < 1 && shown == 0);
    }

    private static boolean asksForMoreThanKinds(Requirements asks) {
        return !asks.isNone() && !asks.equals(Requirements.builder().twoKinds().build());
    }

    /** Where limits can be reached: at ways into their zones, by those who are not exempt. */
    private static Stream<Region> reached(Space space, Rule rule, Region box) {
        return rule.limits().stream()
                .filter(limit -> limit.fold(it -> true, it -> it.mode() != Passback.Mode.SOFT, it -> true))
                .map(limit -> except(space, limit, box.only(Axis.WAY, space.entering(limit.zone()))));
    }

    private static Region except(Space space, Limit limit, Region region) {
        return limit.fold(
                it -> region,
                it -> it.exempt().isEmpty() ? region : region.without(space.clause(it.exempt())),
                it -> region);
    }
}
