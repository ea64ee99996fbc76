package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.outbox.Backoff;
import io.gatehouse.devices.house.Leftovers;
import io.gatehouse.devices.house.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReopeningLinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final Leftovers before = Leftovers.now();
    private final Links links = Links.create();
    private final PauseRecorder scheduler = new PauseRecorder();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> script = new LinkedBlockingQueue<>();

    @AfterEach
    void leaveNothing() {
        before.awaitNone();
    }

    /** Opens {@code mem:bus} or fails, as the script says; with an empty script it hangs. */
    private Link scripted() throws IOException {
        try {
            String next = script.take();
            if (!next.isEmpty()) {
                throw new LinkException(next);
            }
            return links.open("mem:bus");
        } catch (InterruptedException e) {
            throw new LinkException("interrupted", e);
        }
    }

    private ReopeningLink open() {
        return ReopeningLink.builder("the bus", this::scripted, scheduler)
                .backoff(BACKOFF)
                .random(new Random(7))
                .onChange(change -> changes.add(change.from() + ">" + change.to()))
                .open();
    }

    /** The other end of what was opened. */
    private Link device() {
        try {
            return links.open("mem:bus");
        } catch (LinkException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(Link link, LinkState state) {
        Awaitility.await().until(() -> link.state() == state);
    }

    @Test
    @DisplayName("ATT-19 goes through its states until the device is there, and tells them in order")
    void goesThroughItsStates() {
        script.addAll(List.of("not plugged in", "not plugged in", ""));
        try (ReopeningLink link = open()) {
            scheduler.passPause();
            scheduler.passPause();
            await(link, LinkState.OPEN);
        }
        assertThat(changes)
                .containsExactly(
                        "OPENING>BACKING_OFF",
                        "BACKING_OFF>OPENING",
                        "OPENING>BACKING_OFF",
                        "BACKING_OFF>OPENING",
                        "OPENING>OPEN",
                        "OPEN>CLOSED");
    }

    @Test
    void movesOnlyAlongItsStateMachine() {
        List<String> allowed = new ArrayList<>();
        for (LinkState from : LinkState.values()) {
            for (LinkState to : LinkState.values()) {
                if (from.canBecome(to)) {
                    allowed.add(from + ">" + to);
                }
            }
        }
        assertThat(allowed)
                .containsExactlyInAnyOrder(
                        "OPENING>OPEN",
                        "OPENING>BACKING_OFF",
                        "OPENING>CLOSED",
                        "OPEN>LOST",
                        "OPEN>CLOSED",
                        "LOST>BACKING_OFF",
                        "LOST>CLOSED",
                        "BACKING_OFF>OPENING",
                        "BACKING_OFF>CLOSED");
    }

    @Test
    void waitsLongerAfterEachFailureByChanceUpToHalfLessAndFromTheStartAfterAnOpening() {
        script.addAll(List.of("1", "2", "3", "4", "5", "6", ""));
        try (ReopeningLink link = open()) {
            for (int failures = 1; failures <= 6; failures++) {
                scheduler.passPause();
            }
            await(link, LinkState.OPEN);
            device().close();
            await(link, LinkState.BACKING_OFF);
        }
        long[] most = {1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 1_000};
        assertThat(scheduler.pauses).hasSize(most.length);
        for (int i = 0; i < most.length; i++) {
            assertThat(scheduler.pauses.get(i)).isBetween(most[i] / 2, most[i]);
        }
        assertThat(scheduler.pauses.subList(3, 6)).as("by chance").doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("ATT-19 reads what came before a loss, says the loss once, and goes on with what comes after it")
    void keepsWhatCameBeforeALossApartFromWhatComesAfter() throws Exception {
        script.addAll(List.of("", ""));
        try (ReopeningLink link = open()) {
            assertThat(link.awaitOpen(LONG)).isTrue();
            Link device = links.open("mem:bus");
            device.write(new byte[] {1, 2});
            device.close();
            await(link, LinkState.BACKING_OFF);
            scheduler.passPause();
            assertThat(link.awaitOpen(LONG)).isTrue();
            try (Link again = links.open("mem:bus")) {
                again.write(new byte[] {3});
                assertThat(link.read(LONG)).containsExactly(1, 2);
                assertThatThrownBy(() -> link.read(LONG))
                        .isInstanceOf(LinkException.class)
                        .hasMessageContaining("was lost and opens again");
                assertThat(link.read(LONG)).containsExactly(3);
                assertThat(link.read(Duration.ZERO)).isEmpty();
            }
        }
        assertThat(changes).containsSubsequence("OPEN>LOST", "LOST>BACKING_OFF", "BACKING_OFF>OPENING", "OPENING>OPEN");
    }

    @Test
    @DisplayName("ATT-19 refuses to send while it is not open and never sends it later")
    void neverSendsLater() throws Exception {
        script.add("");
        try (ReopeningLink link = open()) {
            assertThat(link.awaitOpen(LONG)).isTrue();
            links.open("mem:bus").close();
            await(link, LinkState.BACKING_OFF);
            assertThatThrownBy(() -> link.write(new byte[] {1})).hasMessageContaining("nothing was sent");
            scheduler.passPause();
            await(link, LinkState.OPENING);
            assertThatThrownBy(() -> link.write(new byte[] {2})).hasMessageContaining("nothing was sent");
            script.add("");
            assertThat(link.awaitOpen(LONG)).isTrue();
            try (Link device = links.open("mem:bus")) {
                link.write(new byte[] {3});
                assertThat(device.read(LONG)).containsExactly(3);
                assertThat(device.read(Duration.ZERO)).isEmpty();
            }
        }
    }

    @Test
    void endsAnAttemptThatHangsWhenClosed() {
        ReopeningLink link = open();
        assertThat(Leftovers.threads()).contains("gatehouse-opening the bus");
        link.close();
        link.close();
        assertThat(Leftovers.threads()).doesNotContain("gatehouse-opening the bus");
        assertThatThrownBy(() -> link.read(LONG)).hasMessageContaining("is closed");
        assertThatThrownBy(() -> link.write(new byte[1])).isInstanceOf(LinkException.class);
        assertThat(changes).containsExactly("OPENING>CLOSED");
    }

    @Test
    void closesALinkThatIsOpenedTooLate() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        AtomicReference<Link> opened = new AtomicReference<>();
        ReopeningLink link = ReopeningLink.builder(
                        "stubborn",
                        () -> {
                            opening.countDown();
                            stubbornly(late);
                            Link it = links.open("mem:late");
                            opened.set(it);
                            return it;
                        },
                        scheduler)
                .open();
        opening.await();
        link.close();
        late.countDown();
        Awaitility.await().until(() -> opened.get() != null && opened.get().state() == LinkState.CLOSED);
    }

    /** Waits whatever happens. */
    private static void stubbornly(CountDownLatch latch) {
        CompletableFuture.runAsync(() -> {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .join();
    }

    @Test
    void plansNothingMoreWhenClosedWhileItBacksOff() {
        script.add("not plugged in");
        ReopeningLink link = open();
        await(link, LinkState.BACKING_OFF);
        link.close();
        assertThat(scheduler.waiting()).isZero();
        scheduler.advance(HOUR);
        assertThat(link.state()).isEqualTo(LinkState.CLOSED);
        assertThat(changes).containsExactly("OPENING>BACKING_OFF", "BACKING_OFF>CLOSED");
    }

    @Test
    void endsABlockedReadWhenClosed() {
        for (boolean isOpen : new boolean[] {true, false}) {
            if (isOpen) {
                script.add("");
            }
            ReopeningLink link = open();
            if (isOpen) {
                await(link, LinkState.OPEN);
            }
            CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> {
                try {
                    return "read " + link.read(LONG).length;
                } catch (IOException e) {
                    return e.getMessage();
                }
            });
            link.close();
            assertThat(reading.join()).isEqualTo("the bus is closed");
        }
    }

    @Test
    void mayBeClosedByWhoWatchesIt() {
        script.add("");
        ReopeningLink link = open();
        await(link, LinkState.OPEN);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Link.Watch first = link.observe(change -> link.close());
                Link.Watch second = link.observe(change -> seen.add(change.from() + ">" + change.to()))) {
            assertThat(first).isNotSameAs(second);
            device().close();
            await(link, LinkState.CLOSED);
            Awaitility.await().until(() -> seen.size() == 2);
        }
        assertThat(seen).containsExactly("OPEN>LOST", "LOST>CLOSED");
    }

    @Test
    void goesOnWhenAnObserverFailsAndStopsTellingWhoStoppedWatching() {
        script.add("");
        try (ReopeningLink link = open()) {
            link.observe(change -> {
                throw new IllegalStateException("on purpose");
            });
            List<String> seen = new CopyOnWriteArrayList<>();
            link.observe(change -> seen.add(change.to().name())).close();
            await(link, LinkState.OPEN);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void isClosedWhenItsSchedulerIsShutDown() {
        scheduler.shutdown();
        script.add("not plugged in");
        ReopeningLink link = open();
        await(link, LinkState.CLOSED);
        assertThatThrownBy(() -> link.read(LONG)).hasMessageContaining("closed");
        link.close();
    }

    @Test
    void triesAgainAfterAnOpenerThatFailsInAnUnexpectedWay() {
        ReopeningLink link = ReopeningLink.builder(
                        "broken",
                        () -> {
                            throw new IllegalStateException("on purpose");
                        },
                        scheduler)
                .open();
        await(link, LinkState.BACKING_OFF);
        link.close();
    }

    @Test
    void refusesAWrongUrlAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReopeningLink.builder(links, "serial:/dev/x?bawd=1", scheduler))
                .withMessageContaining("valid are [baud");
    }

    /** Keeps how long each pause was to be. */
    private static final class PauseRecorder extends ManualScheduler {
        final List<Long> pauses = new CopyOnWriteArrayList<>();

        /** Just as long as the pause that began last, once it has begun. */
        void passPause() {
            Awaitility.await().until(() -> waiting() == 1);
            advance(Duration.ofMillis(pauses.get(pauses.size() - 1)));
        }

        @Override
        public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            pauses.add(unit.toMillis(delay));
            return super.schedule(command, delay, unit);
        }
    }
}
