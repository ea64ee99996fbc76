package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All rules of a site at one version. Immutable and thread-safe. Refused with an {@link IllegalArgumentException}: a
 * rule id that occurs twice, a group that is not declared where groups are, a level of alert that is not.
 *
 * @param version   counts up from 1; going back to older rules is a new version
 * @param rules     in the order that decisions name them; none means that nobody may pass
 * @param groups    the groups that there are, or {@link GroupTree#undeclared()}
 * @param alerts    levels of alert beside {@link #NORMAL}: at each the rules that name it, or none, are in force
 * @param approvals how many people must sign a change of rules, a change of the level of alert or the end of a release: 1 or 2
 */
public record PolicySet(long version, List<Rule> rules, GroupTree groups, Set<String> alerts, int approvals) {
    /** The level of alert of ordinary days. */
    public static final String NORMAL = "normal";

    private static final int MAX_ALERTS = 16;

    public PolicySet {
        rules = List.copyOf(rules);
        alerts = Set.copyOf(alerts);
        Objects.requireNonNull(groups, "groups");
        if (version < 1) {
            throw new IllegalArgumentException("a policy's version is at least 1, this one is " + version);
        }
        if (approvals < 1 || approvals > 2) {
            throw new IllegalArgumentException("a policy is changed by 1 or 2 people, not " + approvals);
        }
        if (alerts.size() > MAX_ALERTS || alerts.contains(NORMAL)) {
            throw new IllegalArgumentException("there are at most " + MAX_ALERTS + " levels of alert beside '" + NORMAL
                    + "', which is not listed; not " + alerts);
        }
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("policy version " + version + " has two rules " + rule.id());
            }
            requireDeclared(rule, groups, alerts);
        }
    }

    /** Rules with undeclared groups, no levels of alert, changed by one person. */
    public PolicySet(long version, List<Rule> rules) {
        this(version, rules, GroupTree.undeclared(), Set.of(), 1);
    }

    public static PolicySet of(long version, Rule... rules) {
        return new PolicySet(version, List.of(rules));
    }

    /** The same rules as another version, for going back. */
    public PolicySet as(long newVersion) {
        return new PolicySet(newVersion, rules, groups, alerts, approvals);
    }

    /** The rules in force at a level of alert. */
    public List<Rule> rulesAt(String alert) {
        return rules.stream()
                .filter(rule -> rule.alerts().isEmpty() || rule.alerts().contains(alert))
                .toList();
    }

    /** Refuses zones and portals that the site does not have, with an {@link IllegalArgumentException}. */
    public void requireKnown(Site site) {
        Set<ZoneCode> zones = new HashSet<>();
        site.zones().forEach(zone -> zones.add(zone.code()));
        zones.add(ZoneCode.OUTSIDE);
        Set<PortalId> portals = new HashSet<>();
        site.portals().forEach(portal -> portals.add(portal.id()));
        for (Rule rule : rules) {
            rule.where().zones().forEach(zone -> requireKnown(zones, "zone ", zone, rule, site));
            rule.where().portals().forEach(portal -> requireKnown(portals, "portal ", portal, rule, site));
            rule.limits().forEach(limit -> requireKnown(zones, "zone ", limit.zone(), rule, site));
        }
    }

    private static <T> void requireKnown(Set<T> known, String what, T named, Rule rule, Site site) {
        if (!known.contains(named)) {
            throw new IllegalArgumentException(
                    "rule " + rule.id() + " names " + what + named + ", which " + site.name() + " does not have");
        }
    }

    private static void requireDeclared(Rule rule, GroupTree groups, Set<String> alerts) {
        for (String alert : rule.alerts()) {
            if (!alert.equals(NORMAL) && !alerts.contains(alert)) {
                throw new IllegalArgumentException(
                        "rule " + rule.id() + " is for the level of alert " + alert + ", which is none of " + alerts);
            }
        }
        if (groups.isUndeclared()) {
            return;
        }
        Who who = rule.who();
        Stream<String> exempt = rule.limits().stream()
                .flatMap(limit -> limit.fold(it -> Stream.of(), it -> it.exempt().stream(), it -> Stream.of()));
        Stream<String> named = Stream.of(
                        who.groups().stream(),
                        who.departments().stream().map(Who.DEPARTMENT::concat),
                        who.posts().stream().map(Who.POST::concat),
                        exempt)
                .flatMap(names -> names);
        named.filter(name -> !groups.knows(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "rule " + rule.id() + " names group " + name + ", which is not declared");
        });
    }
}
