package io.gatehouse.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutboxCourierTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    @TempDir
    Path directory;

    private final AtomicBoolean serverIsDown = new AtomicBoolean();
    private final Executor executor = new Executor();
    private final List<OutboxBatch> sent = new ArrayList<>();
    private GateSide gate;
    private ServerSide server;

    /** Keeps what is planned until the test runs it: the time of it is what the test looks at. */
    private static final class Executor extends ScheduledThreadPoolExecutor {
        final List<Planned> planned = new ArrayList<>();

        Executor() {
            super(1);
        }

        record Planned(Runnable task, long millis, ScheduledFuture<?> future) {}

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            ScheduledFuture<?> future = super.schedule(() -> {}, 1, TimeUnit.DAYS);
            planned.add(new Planned(task, unit.toMillis(delay), future));
            return future;
        }

        /** Runs the one task that is planned and not cancelled. */
        long runNext() {
            planned.removeIf(each -> each.future().isCancelled());
            assertThat(planned).hasSize(1);
            Planned next = planned.remove(0);
            next.task().run();
            return next.millis();
        }
    }

    @BeforeEach
    void open() throws IOException {
        gate = GateSide.open(directory.resolve("gate"), "north");
        server = ServerSide.open(directory.resolve("server"), new TestClock(GateSide.NOW));
    }

    @AfterEach
    void close() throws IOException {
        executor.shutdownNow();
        gate.close();
        server.close();
    }

    private OutboxReceipt receive(OutboxBatch batch) throws IOException {
        sent.add(batch);
        if (serverIsDown.get()) {
            throw new IOException("no route to the server");
        }
        return server.receiver().receive(batch);
    }

    private OutboxCourier start() {
        return OutboxCourier.start(gate.outbox(), this::receive, executor, BACKOFF, new Random(1));
    }

    private void take(int from, int end) throws IOException {
        for (int number = from; number < end; number++) {
            gate.outbox().take(GateSide.event(number));
        }
    }

    @Test
    @DisplayName("ATT-27 what is taken is delivered at once while the server answers")
    void deliversAsEventsCome() throws Exception {
        try (OutboxCourier courier = start()) {
            assertThat(executor.runNext()).isZero();
            assertThat(executor.planned).isEmpty();
            take(0, 3);
            assertThat(executor.runNext()).isZero();
            assertThat(executor.planned).isEmpty();
            assertThat(server.gateEvents()).hasSize(3);
            courier.deliverNow();
            executor.runNext();
            assertThat(sent)
                    .hasSize(3)
                    .last()
                    .satisfies(batch -> assertThat(batch.events()).isEmpty());
        }
    }

    @Test
    @DisplayName("ATT-27 it tries again after longer and longer pauses, whatever else is taken, and delivers on return")
    void triesAgainAfterLongerPauses() throws Exception {
        serverIsDown.set(true);
        try (OutboxCourier courier = start()) {
            executor.runNext();
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                take(i, i + 1);
                pauses.add(executor.runNext());
            }
            long[] longest = {1_000, 2_000, 4_000, 8_000, 8_000, 8_000};
            for (int i = 0; i < longest.length; i++) {
                assertThat(pauses.get(i)).isBetween(longest[i] / 2, longest[i]);
            }
            serverIsDown.set(false);
            courier.deliverNow();
            assertThat(executor.runNext()).isZero();
            assertThat(server.gateEvents()).hasSize(6);
            assertThat(executor.planned).isEmpty();
            serverIsDown.set(true);
            take(6, 7);
            executor.runNext();
            assertThat(executor.runNext()).as("after a success it begins anew").isBetween(500L, 1_000L);
        }
        assertThat(executor.planned).allMatch(each -> each.future().isCancelled());
    }

    @Test
    void goesOnAfterAFaultOfTheReceiver() throws Exception {
        AtomicBoolean faulty = new AtomicBoolean(true);
        OutboxReceiver receiver = batch -> {
            if (faulty.getAndSet(false)) {
                throw new IllegalStateException("a fault");
            }
            return server.receiver().receive(batch);
        };
        take(0, 2);
        try (OutboxCourier courier = OutboxCourier.start(gate.outbox(), receiver, executor, BACKOFF, new Random(1))) {
            executor.runNext();
            assertThat(gate.outbox().status().problem()).contains("a fault");
            executor.runNext();
            assertThat(courier).isNotNull();
        }
        assertThat(server.gateEvents()).hasSize(2);
    }

    @Test
    void takesEventsThoughTheExecutorTakesNoMore() throws Exception {
        executor.shutdownNow();
        ScheduledExecutorService ended = Executors.newSingleThreadScheduledExecutor();
        ended.shutdown();
        try (OutboxCourier courier = OutboxCourier.start(gate.outbox(), this::receive, ended, BACKOFF)) {
            take(0, 2);
            courier.deliverNow();
        }
        assertThat(gate.outbox().status().waiting()).isEqualTo(2);
    }

    @Test
    @Timeout(60)
    @DisplayName("ATT-27 a server that hangs holds up neither the gate nor, longer than its answer, the end")
    void holdsNobodyUpWhileTheServerHangs() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        OutboxReceiver hanging = batch -> {
            arrived.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return server.receiver().receive(batch);
        };
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
        try (OutboxCourier courier = OutboxCourier.start(gate.outbox(), hanging, threads, BACKOFF)) {
            arrived.await();
            take(0, 10);
            assertThat(gate.outbox().status().waiting()).isEqualTo(10);
            goOn.countDown();
            courier.deliverNow();
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        // Closing may have come before or after the second exchange; what is left is delivered by hand.
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents()).hasSize(10);
    }

    @Test
    void refusesPausesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofDays(2)));
        Backoff longest = new Backoff(Duration.ofMillis(1), Duration.ofDays(1));
        assertThat(longest.pause(Long.MAX_VALUE, new Random(1))).isLessThanOrEqualTo(Duration.ofDays(1));
    }
}
