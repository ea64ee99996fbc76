package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Facts.Doing;
import io.gatehouse.policy.permit.facts.Presented;
import io.gatehouse.policy.permit.facts.Standing;
import io.gatehouse.policy.permit.facts.Standing.Stay;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Operation.Relation;
import io.gatehouse.policy.permit.rule.Operation.Resource;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a rule's conditions beside those in its row: rarer ones, in arrays, so that asking allocates nothing.
 * Immutable and thread-safe.
 */
final class Extra {
    /** Of each, the person must be in one group; see {@link #includes}. */
    private final int[][] anyOf;

    private final ZoneCode[] resourceZones;
    private final Relation relation;
    private final GroupNumbers groups;
    private final int methods;
    private final double minScore;
    private final Requirements asks;
    private final String[] equipment;
    private final double temperatureBelow;
    private final Purpose[] consents;
    private final String[] approvals;
    private final String[] inductions;
    private final CompiledLimit[] limits;
    private final boolean conditional;
    private final Ground ground;

    Extra(Rule rule, int[][] anyOf, GroupNumbers groups, Ground ground, Function<Limit, CompiledLimit> compiling) {
        this.anyOf = anyOf;
        this.groups = groups;
        this.ground = ground;
        this.resourceZones =
                rule.operation().isPresent() ? rule.where().zones().toArray(ZoneCode[]::new) : new ZoneCode[0];
        this.relation = rule.operation().map(it -> it.relation()).orElse(Relation.ANY);
        this.methods = RowMasks.methods(rule.methods());
        this.asks = rule.requires();
        this.minScore = score(asks.maxFalseMatchRate());
        this.equipment = asks.equipment().toArray(String[]::new);
        this.temperatureBelow = asks.temperatureBelow().orElse(Double.NaN);
        this.consents = asks.consents().toArray(Purpose[]::new);
        this.approvals = asks.approvals().toArray(String[]::new);
        this.inductions = asks.inductions().toArray(String[]::new);
        this.limits = rule.limits().stream().map(compiling).toArray(CompiledLimit[]::new);
        this.conditional = rule.isConditional();
    }

    /** Whether a rule needs one. */
    static boolean isNeeded(Rule rule, int[][] anyOf) {
        return anyOf.length > 0
                || rule.isConditional()
                || rule.operation()
                        .filter(it -> it.relation() != Relation.ANY
                                || !rule.where().zones().isEmpty())
                        .isPresent();
    }

    /** As scores are written: −10·log10 of a false match rate; none is asked for at 1. */
    static double score(double falseMatchRate) {
        return falseMatchRate == 1 ? Double.NEGATIVE_INFINITY : -10 * Math.log10(falseMatchRate);
    }

    /** Whether the rule has requirements or limits at all. */
    boolean isConditional() {
        return conditional;
    }

    /** Whether the rule is about this person and resource, as far as its row does not say. */
    boolean includes(Facts facts) {
        for (int[] any : anyOf) {
            if (!isInAny(facts.subject(), any)) {
                return false;
            }
        }
        return !(facts.asked() instanceof Doing doing)
                || (isInZone(doing.resource()) && isRelated(doing.resource(), facts.subject()));
    }

    static boolean isInAny(Subject subject, int[] groups) {
        for (int group : groups) {
            for (int i = 0; i < subject.groupCount(); i++) {
                if (subject.group(i) == group) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isInZone(Resource resource) {
        if (resourceZones.length == 0) {
            return true;
        }
        if (resource.zone().isEmpty()) {
            return false;
        }
        List<ZoneCode> chain = ground.chain(resource.zone().get());
        for (ZoneCode zone : resourceZones) {
            if (chain.contains(zone)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRelated(Resource resource, Subject subject) {
        return switch (relation) {
            case ANY -> true;
            case OWN ->
                resource.owner().isPresent()
                        && resource.owner().get().equals(subject.person().id());
            case DEPARTMENT ->
                resource.department().isPresent()
                        && groups.isMember(subject, resource.department().get());
        };
    }

    /**
     * The bits of the requirements and limits that do not hold.
     *
     * @param way the way that is passed, or −1
     */
    int unmet(Facts facts, int way) {
        if (!conditional) {
            return 0;
        }
        int unmet = shown(facts.presented()) | had(facts.standing(), facts.at());
        if (asks.visit() && !visits(facts.standing(), facts.at(), way)) {
            unmet |= Condition.VISIT.bit();
        }
        for (CompiledLimit limit : limits) {
            unmet |= limit.unmet(facts, way);
        }
        return unmet;
    }

    private int shown(Presented shown) {
        int unmet = 0;
        if (minScore != Double.NEGATIVE_INFINITY && !(shown.bestScore(methods == 0 ? -1 : methods) >= minScore)) {
            unmet |= Condition.STRENGTH.bit();
        }
        if (Integer.bitCount(shown.methodMask()) < asks.kinds()) {
            unmet |= asks.kinds() > 1 ? Condition.KINDS.bit() : 0;
        }
        if (asks.liveness() && !shown.liveness()) {
            unmet |= Condition.LIVENESS.bit();
        }
        if (asks.escort() && shown.escorts().isEmpty()) {
            unmet |= Condition.ESCORT.bit();
        }
        if (!containsAll(shown.equipment(), equipment)) {
            unmet |= Condition.EQUIPMENT.bit();
        }
        boolean warm = shown.temperature().isEmpty() || shown.temperature().getAsDouble() >= temperatureBelow;
        if (!Double.isNaN(temperatureBelow) && warm) {
            unmet |= Condition.TEMPERATURE.bit();
        }
        return unmet;
    }

    private int had(Standing standing, Instant at) {
        int unmet = containsAll(standing.consents(), consents) ? 0 : Condition.CONSENT.bit();
        if (!inForce(standing.approvals(), approvals, at)) {
            unmet |= Condition.APPROVAL.bit();
        }
        if (!inForce(standing.inductions(), inductions, at)) {
            unmet |= Condition.INDUCTION.bit();
        }
        return unmet;
    }

    private static <T> boolean containsAll(Set<T> had, T[] asked) {
        for (T each : asked) {
            if (!had.contains(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean inForce(Map<String, Instant> had, String[] asked, Instant at) {
        for (String name : asked) {
            Instant until = had.get(name);
            if (until == null || !at.isBefore(until)) {
                return false;
            }
        }
        return true;
    }

    private boolean visits(Standing standing, Instant at, int way) {
        @Nullable Stay stay = standing.stay().isPresent() ? standing.stay().get() : null;
        if (stay == null || !stay.covers(at)) {
            return false;
        }
        if (way < 0 || stay.areas().isEmpty()) {
            return true;
        }
        List<ZoneCode> chain = ground.destinationChain(way);
        for (int i = 0; i < chain.size(); i++) {
            if (stay.areas().contains(chain.get(i))) {
                return true;
            }
        }
        return false;
    }
}
