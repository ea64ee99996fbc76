package io.gatehouse.policy.watch;

import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.watch.Pattern.TooFarApart;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What rules find, said as plainly as can be: every rule looks through the whole history for each event. */
final class PlainWatch {
    private final Site site;
    private final List<String> found = new ArrayList<>();
    private final List<WatchEvent> inOrder = new ArrayList<>();
    private final List<WatchEvent> all = new ArrayList<>();
    private Instant first = Instant.MAX;
    private Instant end = Instant.MIN;

    PlainWatch(Site site) {
        this.site = site;
    }

    /** Events as they come in; the last is followed by a tick at {@code now}. */
    static List<String> find(Site site, WatchRules rules, Duration lateness, List<WatchEvent> events, Instant now) {
        PlainWatch plain = new PlainWatch(site);
        plain.take(lateness, events, now);
        rules.rules().forEach(plain::apply);
        return plain.found.stream().sorted().toList();
    }

    private void take(Duration lateness, List<WatchEvent> events, Instant now) {
        Instant clock = Instant.MIN;
        for (WatchEvent event : events) {
            clock = event.recordedAt().isAfter(clock) ? event.recordedAt() : clock;
            first = first.equals(Instant.MAX) ? clock.minus(lateness) : first;
            WatchEvent at = at(event, event.at().isAfter(event.recordedAt()) ? event.recordedAt() : event.at());
            all.add(at);
            if (!at.at().isBefore(clock.minus(lateness))) {
                inOrder.add(at);
            }
        }
        end = now.minus(lateness);
        inOrder.sort(Comparator.comparing(WatchEvent::at).thenComparing(WatchEvent::index));
    }

    private static WatchEvent at(WatchEvent e, Instant at) {
        return new WatchEvent(e.index(), at, e.recordedAt(), e.meaning(), e.kind(), e.subject(), e.portal(), e.zone());
    }

    private void apply(WatchRule rule) {
        Pattern pattern = rule.pattern();
        if (pattern instanceof Pattern.OutsideHours it) {
            all.stream()
                    .filter(e -> e.meaning() == Meaning.PASSED && matches(rule, e))
                    .filter(e -> !it.hours().holdsAt(e.at(), site.timeZone()))
                    .forEach(e -> tell(rule, "outside-hours", e));
        } else if (pattern instanceof Pattern.Reported it) {
            all.stream()
                    .filter(e -> it.kinds().contains(e.kind()) && matches(rule, e))
                    .forEach(e -> tell(rule, "reported", e));
        } else if (pattern instanceof Pattern.ManyPassages it) {
            count(rule, Meaning.PASSED, it.count(), it.within(), "many-passages", false);
        } else if (pattern instanceof Pattern.RefusedOften it) {
            boolean perPortal = it.per() == Pattern.RefusedOften.Per.PORTAL;
            count(rule, Meaning.REFUSED, it.count(), it.within(), "refused-often", perPortal);
        } else if (pattern instanceof TooFarApart it) {
            tooFarApart(rule, it);
        } else if (pattern instanceof Pattern.ManyDepartments it) {
            keys().forEach(key -> departments(rule, it, key));
        } else if (pattern instanceof Pattern.Reappears it) {
            keys().forEach(key -> reappears(rule, it, key));
        } else if (pattern instanceof Pattern.Overstay it) {
            keys().forEach(key -> overstays(rule, it, key));
        } else if (pattern instanceof Pattern.OverLimit it) {
            overLimit(rule, it);
        } else if (pattern instanceof Pattern.MissingExit it) {
            missing(rule, it);
        } else {
            throw new AssertionError(pattern);
        }
    }

    private void count(WatchRule rule, Meaning meaning, int count, Duration within, String what, boolean perPortal) {
        for (int i = 0; i < inOrder.size(); i++) {
            WatchEvent now = inOrder.get(i);
            if (!counts(rule, meaning, now, perPortal)) {
                continue;
            }
            long times = inOrder.subList(0, i + 1).stream()
                    .filter(e -> counts(rule, meaning, e, perPortal))
                    .filter(e -> perPortal ? e.portal().equals(now.portal()) : key(e).equals(key(now)))
                    .filter(e -> e.at().isAfter(now.at().minus(within)))
                    .count();
            if (times >= count) {
                tell(rule, what, now, perPortal ? "-" : key(now).orElseThrow());
            }
        }
    }

    private boolean counts(WatchRule rule, Meaning meaning, WatchEvent e, boolean perPortal) {
        boolean hasKey = perPortal
                ? e.portal().filter(id -> site.portal(id).isPresent()).isPresent()
                : e.subject().isPresent();
        return e.meaning() == meaning && hasKey && matches(rule, e);
    }

    private void tooFarApart(WatchRule rule, TooFarApart pattern) {
        for (int i = 0; i < inOrder.size(); i++) {
            WatchEvent now = inOrder.get(i);
            Optional<String> here = spot(pattern, now);
            if (here.isEmpty() || !isShown(rule, now)) {
                continue;
            }
            boolean tooSoon = inOrder.subList(0, i).stream()
                    .filter(e -> isShown(rule, e) && key(e).equals(key(now)))
                    .anyMatch(e -> spot(pattern, e)
                            .filter(there -> !there.equals(here.get())
                                    && Duration.between(e.at(), now.at()).compareTo(least(pattern, there, here.get()))
                                            < 0)
                            .isPresent());
            if (tooSoon) {
                tell(rule, "too-far-apart", now);
            }
        }
    }

    private boolean isShown(WatchRule rule, WatchEvent e) {
        return e.subject().isPresent()
                && (e.meaning() == Meaning.PASSED || e.meaning() == Meaning.REFUSED)
                && matches(rule, e);
    }

    private Optional<String> spot(TooFarApart pattern, WatchEvent e) {
        Optional<Portal> portal = e.portal().flatMap(site::portal);
        Optional<String> named = portal.flatMap(it -> pattern.spots().stream()
                .filter(spot -> spot.portals().contains(it.id()))
                .map(TooFarApart.Spot::name)
                .reduce((one, other) -> other));
        return named.isPresent()
                ? named
                : portal.flatMap(it -> pattern.spots().stream()
                        .filter(spot -> lies(spot.zones(), it.inner()) || lies(spot.zones(), it.outer()))
                        .map(TooFarApart.Spot::name)
                        .findFirst());
    }

    private static Duration least(TooFarApart pattern, String from, String to) {
        return pattern.ways().stream()
                .filter(way -> Set.of(way.from(), way.to()).equals(Set.of(from, to)))
                .map(TooFarApart.Way::least)
                .reduce((one, other) -> other)
                .orElse(pattern.least());
    }

    /** The ends of short stays one after the other, and for each how many departments saw one lately. */
    private void departments(WatchRule rule, Pattern.ManyDepartments pattern, String key) {
        List<Object[]> ends = new ArrayList<>();
        Optional<ZoneCode> department = Optional.empty();
        Instant since = Instant.MIN;
        for (WatchEvent e : moves(key)) {
            Optional<ZoneCode> to = department(pattern, e.zone().orElseThrow());
            if (!matchesSubject(rule, e) || to.equals(department)) {
                continue;
            }
            boolean isShort =
                    department.isPresent() && Duration.between(since, e.at()).compareTo(pattern.shortStay()) < 0;
            if (isShort) {
                ends.add(new Object[] {department.get(), e.at()});
                long recent = ends.stream()
                        .filter(end -> ((Instant) end[1]).isAfter(e.at().minus(pattern.within())))
                        .map(end -> end[0])
                        .distinct()
                        .count();
                if (recent >= pattern.count()) {
                    tell(rule, "many-departments", e);
                }
            }
            department = to;
            since = e.at();
        }
    }

    /** The innermost of those that it lies in. */
    private Optional<ZoneCode> department(Pattern.ManyDepartments pattern, ZoneCode zone) {
        return pattern.departments().stream()
                .filter(each -> lies(Set.of(each), zone))
                .reduce((one, other) -> lies(Set.of(one), other) ? other : one);
    }

    private void reappears(WatchRule rule, Pattern.Reappears pattern, String key) {
        List<WatchEvent> seen = inOrder.stream()
                .filter(e -> key(e).equals(Optional.of(key)) && e.meaning() != Meaning.REPORT)
                .toList();
        for (int i = 1; i < seen.size(); i++) {
            Duration absent = Duration.between(seen.get(i - 1).at(), seen.get(i).at());
            if (absent.compareTo(pattern.unseen()) >= 0 && isShown(rule, seen.get(i))) {
                tell(rule, "reappeared", seen.get(i));
            }
        }
    }

    private void overstays(WatchRule rule, Pattern.Overstay pattern, String key) {
        Optional<WatchEvent> entered = Optional.empty();
        for (WatchEvent e : moves(key)) {
            boolean inside = isInside(rule, e.zone().orElseThrow());
            if (entered.isEmpty() && inside && matchesSubject(rule, e)) {
                entered = Optional.of(e);
            } else if (entered.isPresent() && !inside) {
                overstay(rule, pattern, key, entered.get(), e.at());
                entered = Optional.empty();
            }
        }
        entered.ifPresent(e -> overstay(rule, pattern, key, e, end));
    }

    private void overstay(WatchRule rule, Pattern.Overstay pattern, String key, WatchEvent entered, Instant left) {
        Instant due = entered.at().plus(pattern.longest());
        if (due.isBefore(left)) {
            tellClock(rule, "overstay", key, due);
        }
    }

    private void missing(WatchRule rule, Pattern.MissingExit pattern) {
        LocalDate day = LocalDate.ofInstant(first, site.timeZone()).minusDays(1);
        for (Instant due = due(pattern, day); due.isBefore(end); due = due(pattern, day)) {
            if (!due.isBefore(first)) {
                for (String key : keys().toList()) {
                    if (isStill(rule, pattern, key, due)) {
                        tellClock(rule, "missing-exit", key, due);
                    }
                }
            }
            day = day.plusDays(1);
        }
    }

    private Instant due(Pattern.MissingExit pattern, LocalDate day) {
        return day.atTime(pattern.by()).atZone(site.timeZone()).toInstant();
    }

    private boolean isStill(WatchRule rule, Pattern.MissingExit pattern, String key, Instant due) {
        boolean inside = false;
        for (WatchEvent e : moves(key)) {
            if (!e.at().isAfter(due)) {
                inside = isInside(rule, e.zone().orElseThrow()) && (inside || matchesSubject(rule, e));
            }
        }
        return inside
                && inOrder.stream()
                        .filter(e -> key(e).equals(Optional.of(key)) && e.meaning() != Meaning.REPORT)
                        .filter(e -> !e.at().isAfter(due))
                        .noneMatch(e -> Duration.between(e.at(), due).compareTo(pattern.unseen()) < 0);
    }

    private void overLimit(WatchRule rule, Pattern.OverLimit pattern) {
        Set<String> known = new HashSet<>();
        int unknown = 0;
        boolean wasOver = false;
        for (WatchEvent e : inOrder) {
            if (e.meaning() != Meaning.PASSED && e.meaning() != Meaning.MOVED) {
                continue;
            }
            boolean inside = isInside(rule, e.zone().orElseThrow());
            if (e.subject().isPresent()) {
                String key = key(e).orElseThrow();
                boolean unused = inside ? known.add(key) : known.remove(key);
            } else {
                unknown = Math.max(0, unknown + (inside ? 1 : 0) - (cameFromInside(rule, e) ? 1 : 0));
            }
            boolean isOver = known.size() + unknown > pattern.most();
            if (isOver && !wasOver) {
                tell(rule, "over-limit", e, "-");
            }
            wasOver = isOver;
        }
    }

    private boolean cameFromInside(WatchRule rule, WatchEvent e) {
        return e.portal()
                .flatMap(site::portal)
                .filter(portal -> e.zone().orElseThrow().equals(portal.inner())
                        ? isInside(rule, portal.outer())
                        : e.zone().orElseThrow().equals(portal.outer()) && isInside(rule, portal.inner()))
                .isPresent();
    }

    private List<WatchEvent> moves(String key) {
        return inOrder.stream()
                .filter(e -> key(e).equals(Optional.of(key)))
                .filter(e -> e.meaning() == Meaning.PASSED || e.meaning() == Meaning.MOVED)
                .toList();
    }

    private Stream<String> keys() {
        return inOrder.stream().flatMap(e -> key(e).stream()).distinct();
    }

    private static Optional<String> key(WatchEvent e) {
        return e.subject().map(Subject::key);
    }

    private boolean isInside(WatchRule rule, ZoneCode zone) {
        Set<ZoneCode> zones = rule.scope().zones();
        return zones.isEmpty() ? !zone.equals(ZoneCode.OUTSIDE) : lies(zones, zone);
    }

    private boolean lies(Set<ZoneCode> outer, ZoneCode inner) {
        return outer.stream().anyMatch(each -> site.contains(each, inner));
    }

    private boolean matches(WatchRule rule, WatchEvent e) {
        Scope scope = rule.scope();
        boolean inZone = scope.zones().isEmpty()
                || e.zone().filter(zone -> lies(scope.zones(), zone)).isPresent();
        Set<PortalId> portals = scope.portals();
        boolean atPortal =
                portals.isEmpty() || e.portal().filter(portals::contains).isPresent();
        return inZone && atPortal && matchesSubject(rule, e);
    }

    private static boolean matchesSubject(WatchRule rule, WatchEvent e) {
        Scope scope = rule.scope();
        boolean ofKind = scope.kinds().isEmpty()
                || e.subject()
                        .flatMap(Subject::kind)
                        .filter(scope.kinds()::contains)
                        .isPresent();
        boolean ofGroup = scope.groups().isEmpty()
                || e.subject()
                        .filter(it -> it.groups().stream().anyMatch(scope.groups()::contains))
                        .isPresent();
        return ofKind && ofGroup;
    }

    private void tell(WatchRule rule, String what, WatchEvent e) {
        tell(rule, what, e, key(e).orElse("-"));
    }

    private void tell(WatchRule rule, String what, WatchEvent e, String of) {
        found.add(line(rule.id(), "watch." + what, e.at(), of, Long.toString(e.index())));
    }

    private void tellClock(WatchRule rule, String what, String key, Instant due) {
        WatchEvent last = inOrder.stream()
                .filter(e -> key(e).equals(Optional.of(key)) && e.meaning() != Meaning.REPORT)
                .filter(e -> !e.at().isAfter(due))
                .reduce((one, other) -> other)
                .orElseThrow();
        found.add(line(rule.id(), "watch." + what, due, key, Long.toString(last.index())));
    }

    static String line(Finding finding) {
        return line(
                finding.rule(),
                finding.reason().code(),
                finding.at(),
                finding.subject().orElse("-"),
                Long.toString(finding.entry().orElse(-1)));
    }

    private static String line(String rule, String code, Instant at, String key, String entry) {
        return String.join(" ", rule, code, at.toString(), key, entry);
    }
}
