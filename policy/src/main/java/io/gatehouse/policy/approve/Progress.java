package io.gatehouse.policy.approve;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.chain.Chain;
import io.gatehouse.policy.approve.chain.ChainStep;
import io.gatehouse.policy.approve.chain.ChainStep.Work;
import io.gatehouse.policy.approve.chain.Condition;
import io.gatehouse.policy.approve.chain.Deadline;
import io.gatehouse.policy.approve.chain.WorkCalendar;
import io.gatehouse.policy.internal.casefile.CaseFile;
import io.gatehouse.policy.internal.casefile.Step;
import io.gatehouse.policy.internal.form.Answers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request stands in its chain, worked out from what was done since it was last submitted. Whether a vote settled its
 * step was recorded with the vote, so that this depends on nobody's absence today.
 */
final class Progress {
    final Chain chain;
    final PersonId requester;
    final Answers answers;
    final List<Open> open = new ArrayList<>();
    /** Who has decided already, so that they are not asked again. */
    final Set<PersonId> voted = new HashSet<>();

    private final WorkCalendar calendar;
    private final Map<String, List<Step>> doneFor = new HashMap<>();
    private final Map<String, Answers> records = new HashMap<>();
    private Optional<Instant> signed = Optional.empty();
    private boolean isRefused;

    /** A step that somebody is asked for. */
    record Open(ChainStep step, Optional<Instant> due, Set<PersonId> approvals) {}

    private Progress(Chain chain, PersonId requester, Answers answers, WorkCalendar calendar) {
        this.chain = chain;
        this.requester = requester;
        this.answers = answers;
        this.calendar = calendar;
    }

    /** Of a request that nothing was done about. */
    static Progress begin(Chain chain, PersonId requester, Answers answers, WorkCalendar calendar, Instant at) {
        Progress progress = new Progress(chain, requester, answers, calendar);
        progress.walk(at);
        return progress;
    }

    static Progress of(Chain chain, CaseFile file, WorkCalendar calendar) {
        int last = 0;
        for (int i = 0; i < file.steps().size(); i++) {
            last = file.steps().get(i).kind().endsWith("submitted") ? i : last;
        }
        Step submitted = file.steps().get(last);
        Answers answers = Answers.read(submitted.body())
                .orElseThrow(() -> new IllegalArgumentException("the form of request " + file.id() + " is no JSON"));
        Progress progress = new Progress(chain, file.person().orElseThrow(), answers, calendar);
        file.steps().subList(last + 1, file.steps().size()).forEach(progress::take);
        progress.walk(submitted.at());
        return progress;
    }

    private void take(Step step) {
        String of = step.facts().get("step");
        if (of != null) {
            doneFor.computeIfAbsent(of, id -> new ArrayList<>()).add(step);
        }
        if (step.kind().equals(Words.RECORDED)) {
            Answers.read(step.body()).ifPresent(recorded -> records.put(step.fact("step"), recorded));
        } else {
            step.by().ifPresent(voted::add);
        }
        if (step.kind().equals(Words.EMERGENCY)) {
            signed = Optional.of(step.at());
        }
    }

    /** Stage after stage, until one is not settled. */
    private void walk(Instant from) {
        Instant since = from;
        for (List<ChainStep> stage : chain.stages()) {
            Instant settled = since;
            for (ChainStep step : stage) {
                if (!isNeeded(step)) {
                    continue;
                }
                Optional<Step> last = doneFor.getOrDefault(step.id(), List.of()).stream()
                        .filter(done -> !Words.OPEN.equals(done.facts().get("settles")))
                        .findFirst();
                if (last.isEmpty()) {
                    open.add(new Open(step, due(step, since), approvals(step)));
                } else if (Words.REFUSED.equals(last.get().facts().get("settles"))) {
                    isRefused = true;
                } else {
                    settled = last.get().at().isAfter(settled) ? last.get().at() : settled;
                }
            }
            if (isRefused || !open.isEmpty()) {
                return;
            }
            since = settled;
        }
    }

    private Set<PersonId> approvals(ChainStep step) {
        Set<PersonId> approvals = new HashSet<>();
        doneFor.getOrDefault(step.id(), List.of()).stream()
                .filter(done -> done.kind().equals(Words.APPROVED))
                .forEach(done -> done.by().ifPresent(approvals::add));
        return approvals;
    }

    private Optional<Instant> due(ChainStep step, Instant since) {
        Optional<Instant> due = step.deadline().flatMap(deadline -> due(deadline, since));
        Optional<Instant> confirmed =
                signed.flatMap(at -> chain.emergency().map(emergency -> calendar.after(at, emergency.confirmWithin())));
        return due.isPresent() && confirmed.isPresent()
                ? Optional.of(due.get().isBefore(confirmed.get()) ? due.get() : confirmed.get())
                : due.or(() -> confirmed);
    }

    private Optional<Instant> due(Deadline deadline, Instant since) {
        if (deadline.field().isEmpty()) {
            return Optional.of(calendar.after(since, deadline.workingDays()));
        }
        try {
            return answers.text(deadline.field().get()).map(LocalDate::parse).map(calendar::endOf);
        } catch (DateTimeException e) {
            // Its form lets through what is no date: then there is no deadline, as if the field were not filled in.
            return Optional.empty();
        }
    }

    /** Whether all its conditions hold, as far as that can be told. */
    boolean isNeeded(ChainStep step) {
        return step.when().stream().allMatch(condition -> {
            Optional<Answers> of = condition.step().isEmpty()
                    ? Optional.of(answers)
                    : Optional.ofNullable(records.get(condition.step().get()));
            return of.filter(it -> holds(condition, it)).isPresent();
        });
    }

    /** Whether it may still be needed, by what is recorded later. */
    boolean mayBeNeeded(ChainStep step) {
        return step.when().stream()
                .allMatch(condition -> condition.step().isEmpty()
                        ? holds(condition, answers)
                        : !records.containsKey(condition.step().get())
                                || holds(condition, records.get(condition.step().get())));
    }

    private static boolean holds(Condition condition, Answers of) {
        if (condition.test().isOrder()) {
            Optional<BigDecimal> number = of.number(condition.field());
            int order = number.map(
                            it -> it.compareTo(new BigDecimal(condition.values().get(0))))
                    .orElse(0);
            return number.isPresent()
                    && switch (condition.test()) {
                        case ABOVE -> order > 0;
                        case AT_LEAST -> order >= 0;
                        case BELOW -> order < 0;
                        default -> order <= 0;
                    };
        }
        Optional<String> text = of.text(condition.field());
        boolean isOne = text.filter(condition.values()::contains).isPresent();
        return condition.test() == Condition.Test.IS_NOT ? text.isPresent() && !isOne : isOne;
    }

    Optional<Open> open(String step) {
        return open.stream().filter(it -> it.step().id().equals(step)).findFirst();
    }

    /** When the first of what is asked for is due. */
    Optional<Instant> due() {
        return open.stream().flatMap(it -> it.due().stream()).min(Instant::compareTo);
    }

    RequestState state() {
        if (isRefused) {
            return signed.isPresent() ? RequestState.REVOKED : RequestState.REJECTED;
        }
        if (open.isEmpty()) {
            return RequestState.COMPLETED;
        }
        boolean isApproved = chain.stages().stream()
                .flatMap(List::stream)
                .noneMatch(step -> step.work() == Work.APPROVE && mayBeNeeded(step) && !isSettled(step));
        return isApproved ? RequestState.GRANTED : signed.isPresent() ? RequestState.EMERGENCY : RequestState.PENDING;
    }

    private boolean isSettled(ChainStep step) {
        return doneFor.getOrDefault(step.id(), List.of()).stream()
                .anyMatch(done -> !Words.OPEN.equals(done.facts().get("settles")));
    }
}
