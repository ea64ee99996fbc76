package io.gatehouse.biometrics.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.AnalysisEvent.Begun;
import io.gatehouse.biometrics.face.AnalysisEvent.Ended;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int CALLERS = 50;
    private static final int ANALYSES = 1_000;

    @Test
    void closingWaitsForAnAnalysisAndRefusesLaterOnes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Frame empty = Frame.ofBgr(64, 64, new byte[64 * 64 * 3], FacePictures.AT, "nobody");
        FaceAnalyser analyser = FaceAnalyser.builder(ModelPack.loadDefault())
                .insecureWithoutLiveness()
                .options(FaceOptions.GATE.withAtOnce(2))
                .listener(event -> {
                    if (event instanceof Begun) {
                        begun.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                })
                .open();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<FaceAnalysis> analysis = threads.submit(() -> analyser.analyse(empty));
            begun.await();
            Thread closing = new Thread(analyser::close);
            closing.start();
            while (closing.getState() != Thread.State.WAITING) {
                assertThat(closing.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            goOn.countDown();
            assertThat(analysis.get()).isInstanceOf(FaceAnalysis.NoFace.class);
            closing.join();
        } finally {
            goOn.countDown();
            threads.shutdownNow();
        }
        assertThatThrownBy(() -> analyser.analyse(empty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the analyser is closed");
        analyser.close();
    }

    @Test
    void letsFiftyCallersTakeTurnsAndNoneStarve() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(ANALYSES);
        AtomicIntegerArray shares = new AtomicIntegerArray(CALLERS);
        Frame empty = Frame.ofBgr(64, 64, new byte[64 * 64 * 3], FacePictures.AT, "nobody");
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        CountDownLatch ended = new CountDownLatch(CALLERS);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try (FaceAnalyser analyser = FaceAnalyser.builder(ModelPack.loadDefault())
                .insecureWithoutLiveness()
                .options(FaceOptions.GATE.withAtOnce(2))
                .listener(event -> {
                    if (event instanceof Begun) {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    } else if (event instanceof Ended) {
                        running.decrementAndGet();
                    }
                })
                .open()) {
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                threads.execute(() -> {
                    try {
                        together.await();
                        while (left.getAndDecrement() > 0) {
                            analyser.analyse(empty);
                            shares.incrementAndGet(caller);
                        }
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    } finally {
                        ended.countDown();
                    }
                });
            }
            assertThat(ended.await(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            threads.shutdownNow();
        }
        int[] each = new int[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            each[i] = shares.get(i);
        }
        System.out.println("analyses of each of " + CALLERS + " callers: " + Arrays.toString(each));
        assertThat(Arrays.stream(each).sum()).isEqualTo(ANALYSES);
        assertThat(most.get()).isEqualTo(2);
        // First come first served: everybody has had as many turns as anybody, but for how they began.
        assertThat(Arrays.stream(each).min().orElseThrow()).isGreaterThanOrEqualTo(ANALYSES / CALLERS / 2);
        assertThat(Arrays.stream(each).max().orElseThrow()).isLessThanOrEqualTo(ANALYSES / CALLERS * 2);
    }
}
