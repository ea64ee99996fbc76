package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands many doors at once: one that fails, hangs or throws keeps no other from moving. Thread-safe. */
final class AtOnce {
    private static final Logger LOG = System.getLogger(AtOnce.class.getName());

    private final Executor executor;
    private final Duration answerWithin;

    AtOnce(Executor executor, Duration answerWithin) {
        this.executor = executor;
        this.answerWithin = answerWithin;
    }

    /** The answers in the order of the commands, after the time for answers at the latest; commands go on. */
    Map<String, Actuation> all(Map<String, Callable<Actuation>> commands) {
        Map<String, FutureTask<Actuation>> tasks = new LinkedHashMap<>();
        List<FutureTask<Actuation>> turnedAway = new ArrayList<>();
        commands.forEach((name, command) -> {
            FutureTask<Actuation> task = new FutureTask<>(command);
            tasks.put(name, task);
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                turnedAway.add(task);
            }
        });
        turnedAway.forEach(FutureTask::run);
        long deadline = System.nanoTime() + answerWithin.toNanos();
        Map<String, Actuation> answers = new LinkedHashMap<>();
        tasks.forEach((name, task) -> answers.put(name, answer(name, task, deadline)));
        return answers;
    }

    private static Actuation answer(String name, FutureTask<Actuation> task, long deadline) {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return noAnswer("alarm.no-answer-yet", "%s has not answered yet; its command goes on.", name);
        } catch (ExecutionException e) {
            LOG.log(Level.ERROR, "the door " + name + " has a fault", e);
            return noAnswer("alarm.door-fault", "%s has a fault: it may or may not have moved.", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return noAnswer("alarm.not-awaited", "Nobody waited for the answer of %s; its command goes on.", name);
        }
    }

    private static Actuation noAnswer(String code, String format, String name) {
        return new Actuation.NoAnswer(Reason.format(code, format, name));
    }
}
