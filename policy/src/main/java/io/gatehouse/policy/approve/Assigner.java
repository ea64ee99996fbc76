package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.chain.Approvers;
import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.approve.chain.ChainStep;
import io.gatehouse.policy.approve.chain.ChainStep.Work;
import io.gatehouse.policy.approve.chain.Deadline;
import io.gatehouse.policy.approve.chain.Need;
import io.gatehouse.policy.approve.chain.Organisation;
import io.gatehouse.policy.approve.chain.WorkCalendar;
import io.gatehouse.policy.internal.form.Answers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says who may act, on the day. Who would have to decide about their own request is replaced by their superior; who is absent by
 * their delegate, the delegate's delegate and so on, unless that leads in a circle; who has decided already is not asked again.
 * Thread-safe if the organisation is.
 */
final class Assigner {
    private final Organisation organisation;
    private final WorkCalendar calendar;

    Assigner(Organisation organisation, WorkCalendar calendar) {
        this.organisation = organisation;
        this.calendar = calendar;
    }

    /**
     * Who may act about a step now.
     *
     * @param asked     those who are asked, or their delegates
     * @param fallback  who decides instead, as too few of them can; empty if enough can
     * @param escalated who may decide as well, as it is overdue
     */
    record Assigned(Set<PersonId> asked, Set<PersonId> fallback, Set<PersonId> escalated) {
        /** Everybody who may. */
        Set<PersonId> people() {
            Set<PersonId> people = new TreeSet<>(fallback.isEmpty() ? asked : fallback);
            people.addAll(escalated);
            return people;
        }

        /** Whether one word of this person settles the step, as they do not speak for one of many. */
        boolean settlesAlone(PersonId person) {
            return !fallback.isEmpty() || (escalated.contains(person) && !asked.contains(person));
        }
    }

    Assigned assigned(Progress progress, Progress.Open open, Instant at) {
        ChainStep step = open.step();
        Set<PersonId> asked = people(step.by(), step.work(), progress, at);
        boolean canDecide = asked.size() + open.approvals().size() >= least(step) && !asked.isEmpty();
        boolean isOverdue = open.due().filter(due -> !at.isBefore(due)).isPresent();
        return new Assigned(
                asked,
                canDecide ? Set.of() : people(progress.chain.fallback(), step.work(), progress, at),
                isOverdue
                        ? people(step.deadline().map(Deadline::escalateTo).orElse(List.of()), step.work(), progress, at)
                        : Set.of());
    }

    private static int least(ChainStep step) {
        return step.need().of() == Need.Of.SOME ? step.need().count() : 1;
    }

    /** Who may sign for an emergency. */
    Set<PersonId> signers(Progress progress, Chain.Emergency emergency, Instant at) {
        return people(emergency.by(), Work.APPROVE, progress, at);
    }

    /** Whom these relations name, whether or not they can be asked today. */
    Set<PersonId> named(List<Approvers> relations, PersonId requester, Answers answers) {
        Set<PersonId> named = new TreeSet<>();
        relations.forEach(relation -> named.addAll(named(relation, requester, answers)));
        return named;
    }

    private Set<PersonId> people(List<Approvers> relations, Work work, Progress progress, Instant at) {
        LocalDate day = calendar.day(at);
        Set<PersonId> people = new TreeSet<>();
        for (PersonId named : named(relations, progress.requester, progress.answers)) {
            boolean isOwn = work == Work.APPROVE && named.equals(progress.requester);
            Optional<PersonId> asked = isOwn ? organisation.superior(named) : Optional.of(named);
            asked.flatMap(who -> present(who, day))
                    .filter(who ->
                            work == Work.RECORD || !(who.equals(progress.requester) || progress.voted.contains(who)))
                    .ifPresent(people::add);
        }
        return people;
    }

    /** They, or if they are absent whoever stands in for them. */
    private Optional<PersonId> present(PersonId person, LocalDate day) {
        Set<PersonId> passed = new HashSet<>();
        Optional<PersonId> at = Optional.of(person);
        while (at.isPresent() && organisation.isAbsent(at.get(), day)) {
            at = passed.add(at.get()) ? organisation.delegate(at.get(), day) : Optional.empty();
        }
        return at;
    }

    private Set<PersonId> named(Approvers relation, PersonId requester, Answers answers) {
        if (relation instanceof Approvers.Role it) {
            return organisation.role(it.role());
        }
        return one(relation, requester, answers).map(Set::of).orElse(Set.of());
    }

    private Optional<PersonId> one(Approvers relation, PersonId requester, Answers answers) {
        if (relation instanceof Approvers.Superior) {
            return organisation.superior(requester);
        } else if (relation instanceof Approvers.OwnHead) {
            return organisation.department(requester).flatMap(organisation::head);
        } else if (relation instanceof Approvers.HeadOf it) {
            return organisation.head(it.department());
        } else if (relation instanceof Approvers.HeadOfField it) {
            return answers.text(it.field()).flatMap(organisation::head);
        } else if (relation instanceof Approvers.Named it) {
            return Optional.of(it.person());
        } else if (relation instanceof Approvers.NamedInField it) {
            return answers.text(it.field()).flatMap(Assigner::person);
        }
        return Optional.of(requester);
    }

    private static Optional<PersonId> person(String text) {
        try {
            return Optional.of(PersonId.of(text));
        } catch (IllegalArgumentException e) {
            // The form lets through what can be nobody's id: then it names nobody.
            return Optional.empty();
        }
    }

    /** What was found about a request before it is made. */
    record Outlook(Set<String> fallbacks, Set<String> impossible) {}

    /**
     * Steps that none of those who are asked will be able to decide, nobody being asked twice: steps are given people one
     * after the other, and those given before are exchanged where that helps (augmenting paths, Kuhn 1955).
     */
    Outlook outlook(Progress progress, Instant at) {
        Map<PersonId, String> taken = new HashMap<>();
        Map<String, Set<PersonId>> askedFor = new LinkedHashMap<>();
        Set<String> fallbacks = new TreeSet<>();
        Set<String> impossible = new TreeSet<>();
        for (ChainStep step : steps(progress)) {
            Set<PersonId> asked = people(step.by(), step.work(), progress, at);
            askedFor.put(step.id(), asked);
            int wanted = step.need().of() == Need.Of.ALL ? Math.max(1, asked.size()) : least(step);
            boolean canDecide =
                    step.work() == Work.RECORD ? !asked.isEmpty() : gives(step.id(), wanted, askedFor, taken);
            if (!canDecide) {
                taken.values().removeIf(step.id()::equals);
                fallbacks.add(step.id());
                if (people(progress.chain.fallback(), step.work(), progress, at).isEmpty()) {
                    impossible.add(step.id());
                }
            }
        }
        return new Outlook(fallbacks, impossible);
    }

    private static List<ChainStep> steps(Progress progress) {
        List<ChainStep> steps = new ArrayList<>();
        progress.chain
                .stages()
                .forEach(stage -> stage.stream().filter(progress::mayBeNeeded).forEach(steps::add));
        return steps;
    }

    private static boolean gives(
            String step, int wanted, Map<String, Set<PersonId>> askedFor, Map<PersonId, String> taken) {
        for (int i = 0; i < wanted; i++) {
            if (!give(step, askedFor, taken, new HashSet<>())) {
                return false;
            }
        }
        return true;
    }

    private static boolean give(
            String step, Map<String, Set<PersonId>> askedFor, Map<PersonId, String> taken, Set<PersonId> tried) {
        for (PersonId person : askedFor.getOrDefault(step, Set.of())) {
            String before = taken.get(person);
            if (!step.equals(before) && tried.add(person) && (before == null || give(before, askedFor, taken, tried))) {
                taken.put(person, step);
                return true;
            }
        }
        return false;
    }
}
