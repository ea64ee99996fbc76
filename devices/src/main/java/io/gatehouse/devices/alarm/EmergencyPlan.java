package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.devices.alarm.Alarm.Kind;
import io.gatehouse.devices.alarm.AlarmDoor.Wanted;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What doors do in an emergency. Fire and violence are different: fire releases the doors of its group; violence locks
 * down, or does what each door is configured to do, and traps nobody. A guard can release any door by hand at any time.
 *
 * <p>The idea: what is latched is a list, and what a door should be follows from it. Fire and an override stand above
 * violence, and all of them above every other command. An alarm goes straight to the doors: neither the rules, the network,
 * the database nor the ledger are asked, and a door that fails, hangs or throws keeps no other from moving. It lasts until
 * a person ends it, over restarts too where it is given an {@link AlarmLatch}; the list is written while the doors move,
 * and a list that cannot be read counts as fire everywhere.
 *
 * <p>In a real building the release is also wired: the fire panel breaks the circuit of the locks by itself (EN 13637, NFPA
 * 101 and their like ask for it), and this program is the second way. Thread-safe.
 */
public final class EmergencyPlan {
    private static final Logger LOG = System.getLogger(EmergencyPlan.class.getName());

    /** Among the names of doors, which are not blank: the list is written while they move. */
    private static final String SAVING = "";

    private final Map<String, AlarmDoor> doors;
    private final AtOnce atOnce;
    private final Latched latched;
    private final InstantSource clock;
    private final Optional<Consumer<? super LedgerEvent>> recorder;
    private final List<FireInput> inputs = new CopyOnWriteArrayList<>();

    EmergencyPlan(EmergencyPlanBuilder parts) {
        this.doors = new LinkedHashMap<>(parts.doors);
        this.atOnce = new AtOnce(parts.executor, parts.answerWithin);
        this.latched = new Latched(parts.latch);
        this.clock = parts.clock;
        this.recorder = parts.recorder;
        if (doors.isEmpty()) {
            throw new IllegalArgumentException("an emergency plan has at least one door");
        }
    }

    /**
     * A plan.
     *
     * @param executor moves the doors at once; give one that does not make a door wait for another, for example a
     *                 cached pool. Where it takes no task, the caller's thread does it
     */
    public static EmergencyPlanBuilder builder(Executor executor) {
        return new EmergencyPlanBuilder(executor);
    }

    /** Fire: releases every door, also those that are released already. Waits for their answers, bounded. */
    public AlarmReport fire(String cause) {
        return fire(Alarm.EVERYWHERE, cause);
    }

    /** Fire in one group of doors; in a group that is not known it is fire everywhere. */
    public AlarmReport fire(String group, String cause) {
        String scope = isGroup(group) ? group : Alarm.EVERYWHERE;
        LOG.log(Level.WARNING, "fire alarm of {0}: {1}", scope, cause);
        latched.add(new Alarm(Kind.FIRE, scope, cause, clock.instant()));
        return move(
                "fire",
                scope,
                cause,
                Optional.empty(),
                in(scope),
                (name, door) -> door.raise(wanted(name, door), cause));
    }

    /** Violence: each door locks down, or does what it is configured to. */
    public AlarmReport violence(String cause) {
        LOG.log(Level.WARNING, "violence: {0}", cause);
        latched.add(new Alarm(Kind.VIOLENCE, Alarm.EVERYWHERE, cause, clock.instant()));
        return move(
                "violence",
                Alarm.EVERYWHERE,
                cause,
                Optional.empty(),
                name -> door(name).onViolence() != ViolenceAction.LEAVE,
                (name, door) -> door.lockDown(wanted(name, door), cause));
    }

    /**
     * A guard releases one door by hand, whatever else there is.
     *
     * @throws IllegalArgumentException if there is no such door
     */
    public AlarmReport release(String name, PersonId guard, String cause) {
        door(name);
        Objects.requireNonNull(guard, "guard");
        latched.add(new Alarm(Kind.OVERRIDE, name, cause, clock.instant()));
        return move(
                "override",
                name,
                cause,
                Optional.of(guard),
                name::equals,
                (each, door) -> door.raise(wanted(each, door), cause));
    }

    /** Ends all fire by hand. Where an input still says that there is fire, it stays. */
    public AlarmReport resetFire(PersonId guard) {
        return end(Kind.FIRE, alarm -> true, Alarm.EVERYWHERE, guard);
    }

    /** Ends fire in one group by hand; what was raised everywhere stays. */
    public AlarmReport resetFire(String group, PersonId guard) {
        return end(Kind.FIRE, alarm -> alarm.scope().equals(group), group, guard);
    }

    /** Ends a lockdown by hand. */
    public AlarmReport endViolence(PersonId guard) {
        return end(Kind.VIOLENCE, alarm -> true, Alarm.EVERYWHERE, guard);
    }

    /** Ends an override by hand; a fire holds the door still. */
    public AlarmReport restore(String name, PersonId guard) {
        door(name);
        return end(Kind.OVERRIDE, alarm -> alarm.scope().equals(name), name, guard);
    }

    /** What is latched, oldest first. */
    public List<Alarm> latched() {
        return latched.all();
    }

    /** What an earlier run left is taken up again, before anybody is let in. */
    AlarmReport takeUp() {
        latched.load(clock.instant());
        String cause = latched.all().stream().map(Alarm::cause).findFirst().orElse("nothing is latched");
        Map<String, Callable<Actuation>> commands = new LinkedHashMap<>();
        doors.forEach((name, door) -> commands.put(name, () -> door.raise(wanted(name, door), cause)));
        return new AlarmReport(cause, clock.instant(), atOnce.all(commands), true);
    }

    boolean isGroup(String group) {
        return doors.values().stream().anyMatch(door -> door.group().equals(group));
    }

    void add(FireInput input) {
        inputs.add(input);
    }

    /** Of an input that is lost and does not count as fire. */
    void fault(String group, String what) {
        record("input-fault", group, what, Optional.empty(), Map.of());
    }

    private AlarmReport end(Kind kind, Predicate<Alarm> ended, String scope, PersonId guard) {
        Objects.requireNonNull(guard, "guard");
        latched.remove(alarm -> alarm.kind() == kind && ended.test(alarm));
        for (FireInput input : inputs) {
            input.cause().ifPresent(cause -> latched.add(new Alarm(Kind.FIRE, input.group(), cause, clock.instant())));
        }
        String what = "end of " + kind.name().toLowerCase(Locale.ROOT) + " by hand";
        return move(
                "reset",
                scope,
                what,
                Optional.of(guard),
                in(scope),
                (name, door) -> door.end(wanted(name, door), guard));
    }

    private AlarmReport move(
            String event,
            String scope,
            String cause,
            Optional<PersonId> guard,
            Predicate<String> concerned,
            BiFunction<String, AlarmDoor, Actuation> command) {
        Map<String, Callable<Actuation>> commands = new LinkedHashMap<>();
        doors.forEach((name, door) -> {
            if (concerned.test(name)) {
                commands.put(name, () -> command.apply(name, door));
            }
        });
        commands.put(SAVING, latched::save);
        Map<String, Actuation> answers = new LinkedHashMap<>(atOnce.all(commands));
        Actuation saved = Objects.requireNonNull(answers.remove(SAVING), SAVING);
        AlarmReport report = new AlarmReport(cause, clock.instant(), answers, saved.isDone());
        record(event, scope, cause, guard, answers);
        return report;
    }

    private void record(
            String event, String scope, String cause, Optional<PersonId> guard, Map<String, Actuation> answers) {
        if (recorder.isEmpty()) {
            return;
        }
        LedgerEvent.Builder entry = LedgerEvent.builder(EventKind.of("alarm." + event), clock.instant())
                .fact("scope", scope)
                .fact("cause", cause.length() <= 1_000 ? cause : cause.substring(0, 1_000));
        guard.ifPresent(entry::person);
        entry.fact(
                "moved",
                Long.toString(
                        answers.values().stream().filter(Actuation::isDone).count()));
        entry.fact(
                "unconfirmed",
                Long.toString(answers.values().stream()
                        .filter(answer -> !answer.isDone())
                        .count()));
        try {
            recorder.get().accept(entry.build());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an alarm could not be recorded", e);
        }
    }

    /** By what is latched when it is asked. */
    private Supplier<Wanted> wanted(String name, AlarmDoor door) {
        return () -> {
            List<Alarm> all = latched.all();
            boolean violence = all.stream().anyMatch(alarm -> alarm.kind() == Kind.VIOLENCE);
            boolean released = all.stream()
                    .anyMatch(alarm -> alarm.isSameAs(Kind.FIRE, Alarm.EVERYWHERE)
                            || alarm.isSameAs(Kind.FIRE, door.group())
                            || alarm.isSameAs(Kind.OVERRIDE, name));
            if (released || (violence && door.onViolence() == ViolenceAction.RELEASE)) {
                return Wanted.RELEASED;
            }
            return violence && door.onViolence() == ViolenceAction.LOCK_DOWN ? Wanted.LOCKED_DOWN : Wanted.NORMAL;
        };
    }

    private Predicate<String> in(String scope) {
        return name -> scope.equals(Alarm.EVERYWHERE)
                || scope.equals(name)
                || door(name).group().equals(scope);
    }

    private AlarmDoor door(String name) {
        AlarmDoor door = doors.get(name);
        if (door == null) {
            throw new IllegalArgumentException("there is no door '" + name + "' in this plan, only " + doors.keySet());
        }
        return door;
    }
}
