package io.gatehouse.devices.house;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time the test moves; tasks run in the thread that moves it. Starts no thread. */
public class ManualScheduler extends ScheduledThreadPoolExecutor {
    private final List<Task> tasks = new ArrayList<>();
    private long nanos;

    public ManualScheduler() {
        super(0);
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException("shut down");
        }
        Task task = new Task(Executors.callable(command), nanos + unit.toNanos(delay));
        tasks.add(task);
        return task;
    }

    /** How many tasks wait. */
    public synchronized long waiting() {
        return tasks.stream().filter(task -> !task.isDone()).count();
    }

    /** What time it is, in nanoseconds since it was made. */
    public synchronized long nanos() {
        return nanos;
    }

    public void advance(Duration time) {
        long until = nanos + time.toNanos();
        for (Optional<Task> next = due(until); next.isPresent(); next = due(until)) {
            move(next.get().at);
            next.get().run();
        }
        move(until);
    }

    private synchronized void move(long to) {
        nanos = to;
    }

    private synchronized Optional<Task> due(long until) {
        tasks.removeIf(FutureTask::isDone);
        return tasks.stream().filter(task -> task.at <= until).min(Comparator.comparingLong(task -> task.at));
    }

    private final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final long at;

        Task(Callable<Object> task, long at) {
            super(task);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
