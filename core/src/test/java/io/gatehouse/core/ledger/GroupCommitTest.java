package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.core.ledger.EntryWriter.Recorded;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final ExecutorService writers = LedgerThreads.writers();
    private final ExecutorService tellers = LedgerThreads.tellers();
    private final List<List<SealedEntry>> batches = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger written = new AtomicInteger();
    private final GroupCommit appends = new GroupCommit(this::seal, this::write, this::open, writers, tellers);
    private volatile @Nullable IOException failure;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch reached = new CountDownLatch(1);

    @AfterEach
    void stop() {
        gate.countDown();
        executor.shutdownNow();
        writers.shutdownNow();
        tellers.shutdownNow();
    }

    private SealedEntry seal(LedgerEvent event) {
        return new SealedEntry(event, NOW, EntrySealer.Sealed.NOBODY, new byte[100], new byte[32]);
    }

    private List<Recorded> write(List<SealedEntry> entries) throws IOException {
        reached.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException("stopped", e);
        }
        IOException fails = failure;
        if (fails != null) {
            throw fails;
        }
        batches.add(entries);
        return entries.stream()
                .map(entry -> new Recorded(entry, written.getAndIncrement(), null))
                .toList();
    }

    private LedgerEntry open(Recorded recorded) {
        return new LedgerEntry(recorded.position(), NOW, recorded.entry().event(), "");
    }

    private static LedgerEvent event(int number) {
        return LedgerEvent.builder(EventKind.DECISION, NOW)
                .fact("number", Integer.toString(number))
                .build();
    }

    private static List<LedgerEvent> events(int count) {
        return IntStream.range(0, count).mapToObj(GroupCommitTest::event).toList();
    }

    /** Lets one write begin and holds it. */
    private CompletableFuture<LedgerEntry> holdTheDisk() throws InterruptedException {
        gate = new CountDownLatch(1);
        reached = new CountDownLatch(1);
        CompletableFuture<LedgerEntry> first = appends.append(event(-1));
        reached.await();
        return first;
    }

    @Test
    void gathersWhileACommitRunsAndKeepsTheOrderOfEachSender() throws Exception {
        CompletableFuture<LedgerEntry> first = holdTheDisk();
        List<LedgerEvent> events = events(GroupCommit.MAX_BATCH + 976);
        List<CompletableFuture<LedgerEntry>> rest =
                events.stream().map(appends::append).toList();
        assertThat(rest).noneMatch(CompletableFuture::isDone);
        gate.countDown();
        assertThat(first.join().index()).isZero();
        for (int i = 0; i < rest.size(); i++) {
            assertThat(rest.get(i).join().index()).isEqualTo(i + 1);
        }
        assertThat(batches).extracting(List::size).containsExactly(1, GroupCommit.MAX_BATCH, 976);
    }

    @Test
    void aWaitingCallerWritesByItsOwnHandWhenNobodyElseDoes() throws Exception {
        writers.shutdown();
        tellers.shutdown();
        assertThat(appends.appendAndWait(event(1)).index()).isZero();
        assertThat(appends.appendAndWait(event(2)).index()).isEqualTo(1);
    }

    @Test
    void writesWithoutTheExecutorWhenThatTakesNoMore() {
        Executor refusing = work -> {
            throw new RejectedExecutionException("no more");
        };
        GroupCommit refused = new GroupCommit(this::seal, this::write, this::open, refusing, refusing);
        assertThat(refused.append(event(1)).join().index()).isZero();
        assertThat(refused.append(event(2)).join().index()).isEqualTo(1);
    }

    @Test
    void aFailureReachesEveryFutureOfTheBatchAndLaterOnesGoOn() throws Exception {
        CompletableFuture<LedgerEntry> first = holdTheDisk();
        List<LedgerEvent> events = events(500);
        List<CompletableFuture<LedgerEntry>> futures =
                events.stream().map(appends::append).toList();
        Future<LedgerEntry> waiting = executor.submit(() -> appends.appendAndWait(event(501)));
        StoreException full = new StoreException("the disk is full");
        failure = full;
        gate.countDown();
        for (CompletableFuture<LedgerEntry> each : futures) {
            assertThatThrownBy(each::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCause(full);
        }
        assertThatThrownBy(first::join).hasCause(full);
        assertThatThrownBy(waiting::get).hasRootCause(full).cause().isInstanceOf(StoreException.class);
        assertThat(batches).isEmpty();

        failure = null;
        assertThat(events.stream()
                        .map(appends::append)
                        .map(each -> each.join().index())
                        .toList())
                .isEqualTo(IntStream.range(0, 500).mapToObj(Long::valueOf).toList());
    }

    @Test
    void givesTheSameEventOnItsWayTheSameEntryAndRefusesAnotherOfItsId() throws Exception {
        CompletableFuture<LedgerEntry> first = holdTheDisk();
        LedgerEvent event = event(1);
        List<CompletableFuture<LedgerEntry>> same =
                IntStream.range(0, 10).mapToObj(i -> appends.append(event)).toList();
        LedgerEvent other =
                LedgerEvent.builder(EventKind.OUTCOME, NOW).id(event.id()).build();
        CompletableFuture<LedgerEntry> refused = appends.append(other);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> appends.appendAndWait(other))
                .withMessageContaining("other content");
        assertThat(refused).isCompletedExceptionally();
        assertThat(same.get(0).cancel(true)).isTrue();
        gate.countDown();
        assertThat(first.join().index()).isZero();
        same.stream().skip(1).forEach(each -> assertThat(each.join().index()).isEqualTo(1));
        assertThat(written).hasValue(2);
    }

    @Test
    void holdsBackWhoSendsMoreThanTheQueueTakes() throws Exception {
        CompletableFuture<LedgerEntry> first = holdTheDisk();
        int all = 2 * GroupCommit.CAPACITY;
        List<CompletableFuture<LedgerEntry>> futures = Collections.synchronizedList(new ArrayList<>());
        Thread sender = new Thread(() -> events(all).forEach(each -> futures.add(appends.append(each))));
        sender.start();
        await().until(() -> sender.getState() == Thread.State.WAITING);
        assertThat(futures).hasSize(GroupCommit.CAPACITY - 1);
        gate.countDown();
        sender.join();
        for (int i = 0; i < all; i++) {
            assertThat(futures.get(i).join().index()).isEqualTo(i + 1);
        }
        assertThat(first.join().index()).isZero();
    }

    @Test
    void anInterruptEndsTheWaitForSpaceAndRecordsNothing() throws Exception {
        CompletableFuture<LedgerEntry> first = holdTheDisk();
        List<CompletableFuture<LedgerEntry>> full =
                events(GroupCommit.CAPACITY - 1).stream().map(appends::append).toList();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> appends.appendAndWait(event(1))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        gate.countDown();
        full.forEach(CompletableFuture::join);
        assertThat(first.join().index()).isZero();
        assertThat(written).hasValue(GroupCommit.CAPACITY);
    }

    @Test
    void whatHangsOnAFutureMayAppendAndWaitEvenWhenTheQueueIsFull() throws Exception {
        everyFutureIsFollowedBy(event -> {
            try {
                appends.appendAndWait(event);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void whatHangsOnAFutureMayAppendAndJoinAnotherFuture() throws Exception {
        everyFutureIsFollowedBy(event -> appends.append(event).join());
    }

    @Test
    void whatHangsOnAFutureMayWaitForAnotherThreadThatAppends() throws Exception {
        everyFutureIsFollowedBy(event -> {
            try {
                executor.submit(() -> appends.appendAndWait(event)).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new CompletionException(e);
            }
        });
    }

    private void everyFutureIsFollowedBy(Consumer<LedgerEvent> appending) throws Exception {
        int chains = GroupCommit.CAPACITY + 100;
        CompletableFuture<LedgerEntry> first = holdTheDisk();
        gate.countDown();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (LedgerEvent each : events(chains)) {
            all.add(appends.append(each).thenAccept(entry -> appending.accept(event(0))));
        }
        all.forEach(CompletableFuture::join);
        first.join();
        assertThat(written).hasValue(2 * chains + 1);
    }

    /** Each event appended from what hangs on the one before: no stack grows with their number. */
    @Test
    void aChainOfFuturesMayBeAnyLength() throws Exception {
        int links = 20_000;
        CountDownLatch more = new CountDownLatch(links);
        assertThat(follow(more)).isNotNull();
        more.await();
        assertThat(written).hasValue(links);
    }

    private CompletableFuture<Void> follow(CountDownLatch more) {
        return appends.append(event(0)).thenAccept(entry -> {
            more.countDown();
            if (more.getCount() > 0) {
                assertThat(follow(more)).isNotNull();
            }
        });
    }

    @Test
    void aCallerThatHoldsUpItsFutureHoldsUpNobodyWhoWaits() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        // Held, for what is hung on a future that is completed already runs in this thread.
        CompletableFuture<Void> slow = holdTheDisk().thenAccept(entry -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        gate.countDown();
        assertThat(appends.appendAndWait(event(2)).index()).isEqualTo(1);
        assertThat(appends.append(event(3)).join().index()).isEqualTo(2);
        assertThat(slow).isNotDone();
        held.countDown();
        slow.join();
    }

    @Test
    void closingWaitsForWhatIsOnItsWayAndTakesNoMore() throws Exception {
        CompletableFuture<LedgerEntry> first = holdTheDisk();
        List<CompletableFuture<LedgerEntry>> rest =
                events(100).stream().map(appends::append).toList();
        Future<?> closing = executor.submit(appends::close);
        assertThat(closing).isNotDone();
        gate.countDown();
        closing.get();
        assertThat(written).hasValue(101);
        rest.forEach(CompletableFuture::join);
        first.join();
        assertThatIllegalStateException()
                .isThrownBy(() -> appends.appendAndWait(event(1)))
                .withMessageContaining("closed");
        assertThat(appends.append(event(1))).isCompletedExceptionally();
    }

    @Test
    void oneEventThatCannotBeSealedFailsAlone() {
        GroupCommit picky = new GroupCommit(
                event -> {
                    if (event.facts().containsValue("3")) {
                        throw new IllegalArgumentException("too long");
                    }
                    return seal(event);
                },
                this::write,
                this::open,
                writers,
                tellers);
        List<CompletableFuture<LedgerEntry>> futures =
                events(6).stream().map(picky::append).toList();
        assertThatThrownBy(futures.get(3)::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(futures.get(5).join().index()).isEqualTo(4);
    }
}
