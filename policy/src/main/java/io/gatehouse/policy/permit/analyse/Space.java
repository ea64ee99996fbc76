package io.gatehouse.policy.permit.analyse;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Where;
import io.gatehouse.policy.permit.rule.Who;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** All cases that the rules of a policy can tell apart, numbered on each axis. Not thread-safe. */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
final class Space {
    /** What a box has a set of values on. */
    enum Axis {
        /** A portal in one direction. */
        WAY,
        TIME,
        /** Which methods were presented together, as bits by their ordinals. */
        METHODS,
        ALERT,
        KIND,
        LEVEL,
        /** Those whom rules name, and one for everybody else. */
        PERSON
    }

    private static final int METHOD_SETS = 1 << Method.values().length;

    private final Site site;
    private final GroupTree tree;
    private final Moments moments;
    private final List<String> alerts = new ArrayList<>(List.of(PolicySet.NORMAL));
    private final List<PersonId> persons;
    private final Map<String, Integer> groups = new HashMap<>();
    private final Map<Where, BitSet> ways = new HashMap<>();

    Space(Site site, PolicySet policy, AnalysisOptions options) {
        this.site = site;
        this.tree = policy.groups();
        this.moments = new Moments(site.timeZone(), policy.rules(), options);
        this.alerts.addAll(policy.alerts());
        Set<PersonId> named = new HashSet<>();
        policy.rules().forEach(rule -> named.addAll(rule.who().persons()));
        this.persons = List.copyOf(named);
        tree.parents().keySet().forEach(this::number);
    }

    Moments moments() {
        return moments;
    }

    /** Whom, where, when and with what methods a rule is about, whatever else it asks for. */
    Region box(Rule rule) {
        Who who = rule.who();
        int asked = mask(rule.methods());
        BitSet[] axes = new BitSet[Axis.values().length];
        axes[Axis.WAY.ordinal()] = ways.computeIfAbsent(rule.where(), this::ways);
        axes[Axis.TIME.ordinal()] = moments.of(rule.when());
        axes[Axis.METHODS.ordinal()] = methods(shown -> asked == 0 || (shown & asked) != 0);
        axes[Axis.ALERT.ordinal()] = bits(
                alerts.size(), i -> rule.alerts().isEmpty() || rule.alerts().contains(alerts.get(i)));
        axes[Axis.KIND.ordinal()] = bits(
                PersonKind.values().length,
                i -> who.kinds().isEmpty() || who.kinds().contains(PersonKind.values()[i]));
        axes[Axis.LEVEL.ordinal()] = bits(Person.MAX_LEVEL + 1, i -> i >= who.level());
        axes[Axis.PERSON.ordinal()] = bits(
                persons.size() + 1,
                i -> who.persons().isEmpty()
                        || (i < persons.size() && who.persons().contains(persons.get(i))));
        List<Region.Clause> anyOf = Stream.of(
                        who.groups().stream().toList(),
                        who.departments().stream().map(Who.DEPARTMENT::concat).toList(),
                        who.posts().stream().map(Who.POST::concat).toList())
                .filter(names -> !names.isEmpty())
                .map(this::clause)
                .toList();
        return new Region(axes, anyOf, new BitSet());
    }

    /** Those in any of these groups. */
    Region.Clause clause(Collection<String> names) {
        BitSet any = new BitSet();
        names.forEach(name -> any.set(number(name)));
        BitSet within = (BitSet) any.clone();
        for (String group : tree.parents().keySet()) {
            if (tree.closure(List.of(group)).stream().anyMatch(names::contains)) {
                within.set(number(group));
            }
        }
        return new Region.Clause(any, within);
    }

    /** The sets of presented methods of which this is true. */
    static BitSet methods(IntPredicate wanted) {
        return bits(METHOD_SETS, wanted);
    }

    /** The ways that enter a zone from outside it. */
    BitSet entering(ZoneCode zone) {
        return bits(site.portals().size() * 2, way -> {
            Portal portal = site.portals().get(way / 2);
            return site.contains(zone, portal.destination(direction(way)))
                    && !site.contains(zone, portal.destination(direction(way ^ 1)));
        });
    }

    private BitSet ways(Where where) {
        return bits(
                site.portals().size() * 2,
                way -> where.includesDirection(direction(way))
                        && where.includesPlace(site, site.portals().get(way / 2), direction(way)));
    }

    private static Direction direction(int way) {
        return way % 2 == 0 ? Direction.ENTRY : Direction.EXIT;
    }

    private int number(String group) {
        return groups.computeIfAbsent(group, it -> groups.size());
    }

    private static int mask(Set<Method> methods) {
        return methods.stream().mapToInt(method -> 1 << method.ordinal()).sum();
    }

    private static BitSet bits(int size, IntPredicate wanted) {
        BitSet bits = new BitSet(size);
        for (int i = 0; i < size; i++) {
            bits.set(i, wanted.test(i));
        }
        return bits;
    }
}
