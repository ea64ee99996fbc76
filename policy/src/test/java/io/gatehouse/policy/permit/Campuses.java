package io.gatehouse.policy.permit;

import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.rule.PolicySet;
import java.util.Random;

/** The campus and its random rules, for the tests of the packages around. */
public final class Campuses {
    public static final Site SITE = Campus.SITE;
    public static final ZoneCode CAMPUS = Campus.CAMPUS;
    public static final ZoneCode LABORATORY = Campus.LABORATORY;
    public static final ZoneCode POISONS = Campus.POISONS;

    private Campuses() {}

    public static PolicySet randomPolicy(Random random) {
        return RandomRules.policy(random, Campus.BERLIN);
    }

    public static Facts randomFacts(Random random, Names names) {
        return RandomRules.facts(random, RandomRules.subject(random, names), Campus.BERLIN);
    }
}
