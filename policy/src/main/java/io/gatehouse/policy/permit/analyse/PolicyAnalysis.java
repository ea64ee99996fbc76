package io.gatehouse.policy.permit.analyse;

import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.place.Site;
import io.gatehouse.policy.permit.analyse.Covering.Answer;
import io.gatehouse.policy.permit.analyse.Covering.Cover;
import io.gatehouse.policy.permit.analyse.Covering.Outcome;
import io.gatehouse.policy.permit.analyse.RuleFinding.Certainty;
import io.gatehouse.policy.permit.analyse.RuleFinding.Kind;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the rules of a policy that decide nothing, over all people that there could be: not those in the directory today, but
 * any of any kind, level and groups. Time is judged by the dates in the options, between which the schedules are looked at
 * exactly, clock changes included. A rule's message is not looked at. Each rule is judged with all others in force: of two
 * alike both are {@link Kind#REDUNDANT}, so drop one and ask again.
 *
 * <p>A rule about resources is {@link Certainty#UNKNOWN}: their kinds and zones are the application's. So is what took more
 * than the budget, and what depends on how sure which method was or on who is where. Thread-safe.
 */
public final class PolicyAnalysis {
    private final Space space;
    private final AnalysisOptions options;
    private final List<Extent> extents;

    private PolicyAnalysis(Site site, PolicySet policy, AnalysisOptions options) {
        policy.requireKnown(site);
        this.options = Objects.requireNonNull(options, "options");
        this.space = new Space(site, policy, options);
        this.extents = policy.rules().stream()
                .filter(rule -> rule.operation().isEmpty())
                .map(rule -> Extent.of(space, rule))
                .toList();
    }

    /**
     * What is the matter with which rules, in the order of the policy; nothing for those with which nothing is.
     *
     * @throws IllegalArgumentException if a rule names a zone or portal that the site does not have, or if the rules' hours cut
     *     the dates into too many parts
     */
    public static List<RuleFinding> findings(Site site, PolicySet policy, AnalysisOptions options) {
        PolicyAnalysis analysis = new PolicyAnalysis(site, policy, options);
        List<RuleFinding> findings = new ArrayList<>();
        int next = 0;
        for (Rule rule : policy.rules()) {
            if (rule.operation().isPresent()) {
                findings.add(unknown(rule, Kind.REDUNDANT, Set.of(), "rules about resources are not analysed"));
            } else {
                findings.addAll(analysis.findings(analysis.extents.get(next++)));
            }
        }
        return List.copyOf(findings);
    }

    private List<RuleFinding> findings(Extent extent) {
        if (extent.possible().stream().allMatch(Region::isEmpty)) {
            return List.of(never(extent));
        }
        if (!extent.isPermit()) {
            return forbidRedundant(extent).stream().toList();
        }
        Outcome shadow = cover(extent.possible(), forbids(extent));
        return switch (shadow.answer()) {
            case COVERED ->
                Stream.concat(
                                Stream.of(
                                        settled(extent.rule(), Kind.SHADOWED, shadow.by(), "others forbid all of it")),
                                contradictions(extent))
                        .toList();
            case NOT_COVERED -> permitRedundant(extent).stream().toList();
            case UNSETTLED ->
                Stream.concat(Stream.of(beyondBudget(extent, Kind.SHADOWED, shadow.by())), contradictions(extent))
                        .toList();
        };
    }

    private RuleFinding never(Extent extent) {
        Rule rule = extent.rule();
        if (!space.moments().of(rule.when()).isEmpty()) {
            return settled(
                    rule, Kind.NEVER_FIRES, Set.of(), "no way at this site and nobody at it meets its conditions");
        }
        return space.moments().opensLater(rule.when())
                ? unknown(rule, Kind.NEVER_FIRES, Set.of(), "it holds only after the dates looked at")
                : settled(
                        rule, Kind.NEVER_FIRES, Set.of(), "its schedule does not hold on the dates looked at or later");
    }

    /** A permit adds a grant, and each of its obligations; nothing is lost if others add all of these. */
    private Optional<RuleFinding> permitRedundant(Extent extent) {
        Set<String> by = new LinkedHashSet<>();
        boolean unsettled = false;
        for (Optional<Obligation> added : added(extent.rule())) {
            List<Cover> certain = new ArrayList<>(forbids(extent));
            List<Cover> possible = new ArrayList<>(certain);
            for (Extent other : others(extent, true)) {
                if (added.isEmpty() || other.rule().obligations().contains(added.get())) {
                    addCovers(
                            certain,
                            possible,
                            Asks.implies(extent.rule(), other.rule()),
                            other.rule(),
                            other.perhaps());
                }
            }
            Outcome outcome = coverOrMaybe(extent.possible(), certain, possible);
            if (outcome.answer() == Answer.NOT_COVERED) {
                return Optional.empty();
            }
            unsettled |= outcome.answer() == Answer.UNSETTLED;
            by.addAll(outcome.by());
        }
        return Optional.of(redundant(extent, by, unsettled));
    }

    private static List<Optional<Obligation>> added(Rule rule) {
        return rule.obligations().isEmpty()
                ? List.of(Optional.empty())
                : rule.obligations().stream().map(Optional::of).toList();
    }

    private Optional<RuleFinding> forbidRedundant(Extent extent) {
        List<Cover> certain = forbids(extent);
        List<Cover> possible = new ArrayList<>(certain);
        Outcome always = cover(List.of(extent.always()), certain);
        for (Extent other : others(extent, false)) {
            Asks asks = Asks.implies(other.rule(), extent.rule());
            boolean conditional = other.rule().isConditional();
            // Several others may together ask for all that this one asks for.
            addCovers(
                    certain,
                    possible,
                    asks == Asks.IMPLIED && conditional ? asks : Asks.MAYBE,
                    other.rule(),
                    conditional ? List.of(other.box()) : List.of());
        }
        Outcome perhaps = coverOrMaybe(extent.perhaps(), certain, possible);
        if (always.answer() == Answer.NOT_COVERED || perhaps.answer() == Answer.NOT_COVERED) {
            return Optional.empty();
        }
        Set<String> by = new LinkedHashSet<>(always.by());
        by.addAll(perhaps.by());
        boolean unsettled = always.answer() == Answer.UNSETTLED || perhaps.answer() == Answer.UNSETTLED;
        return Optional.of(redundant(extent, by, unsettled));
    }

    private static void addCovers(
            List<Cover> certain, List<Cover> possible, Asks asks, Rule rule, List<Region> regions) {
        for (Region region : regions) {
            Cover cover = new Cover(rule.id(), region);
            if (asks == Asks.IMPLIED) {
                certain.add(cover);
            }
            if (asks != Asks.NOT_IMPLIED) {
                possible.add(cover);
            }
        }
    }

    private Outcome coverOrMaybe(List<Region> regions, List<Cover> certain, List<Cover> possible) {
        Outcome sure = cover(regions, certain);
        if (sure.answer() != Answer.NOT_COVERED || certain.size() == possible.size()) {
            return sure;
        }
        Outcome maybe = cover(regions, possible);
        return maybe.answer() == Answer.NOT_COVERED ? maybe : new Outcome(Answer.UNSETTLED, maybe.by());
    }

    private Stream<RuleFinding> contradictions(Extent permit) {
        return extents.stream()
                .filter(other -> !other.isPermit() && !other.rule().isConditional())
                .filter(other -> covers(other, permit) && covers(permit, other))
                .map(other -> settled(
                        permit.rule(),
                        Kind.CONTRADICTORY,
                        Set.of(other.rule().id()),
                        "it permits what rule " + other.rule().id() + " forbids, no more and no less"));
    }

    private boolean covers(Extent outer, Extent inner) {
        List<Cover> covers = outer.possible().stream()
                .map(region -> new Cover(outer.rule().id(), region))
                .toList();
        return cover(inner.possible(), covers).answer() == Answer.COVERED;
    }

    private Outcome cover(List<Region> regions, List<Cover> covers) {
        return Covering.of(regions, covers, options.budget());
    }

    /** What the other rules forbid, whatever else holds. */
    private List<Cover> forbids(Extent but) {
        List<Cover> forbids = new ArrayList<>();
        others(but, false).forEach(other -> forbids.add(new Cover(other.rule().id(), other.always())));
        return forbids;
    }

    private List<Extent> others(Extent but, boolean permits) {
        return extents.stream()
                .filter(other -> !other.rule().id().equals(but.rule().id()) && other.isPermit() == permits)
                .toList();
    }

    private RuleFinding redundant(Extent extent, Set<String> by, boolean unsettled) {
        return unsettled
                ? unknown(
                        extent.rule(),
                        Kind.REDUNDANT,
                        by,
                        "the budget was used up, or it depends on how sure which method was or on who is where")
                : settled(extent.rule(), Kind.REDUNDANT, by, "without it each decision is the same");
    }

    private RuleFinding beyondBudget(Extent extent, Kind kind, Set<String> by) {
        return unknown(extent.rule(), kind, by, "more than " + options.budget() + " boxes had to be looked at");
    }

    private static RuleFinding settled(Rule rule, Kind kind, Collection<String> by, String why) {
        return new RuleFinding(rule.id(), kind, Certainty.SETTLED, List.copyOf(by), why);
    }

    private static RuleFinding unknown(Rule rule, Kind kind, Collection<String> by, String why) {
        return new RuleFinding(rule.id(), kind, Certainty.UNKNOWN, List.copyOf(by), why);
    }
}
