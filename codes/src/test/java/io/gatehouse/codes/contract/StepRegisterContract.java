package io.gatehouse.codes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.rolling.StepRegister;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StepRegister} keeps to. To test one, extend this class; give an empty one for each test, and the same
 * record, opened anew as after a restart or in another program, when asked again.
 */
public abstract class StepRegisterContract {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant END = NOON.plus(Duration.ofHours(8));
    private static final String PASS = "a1a2a3a4";

    private StepRegister register;

    /** For subclasses. */
    protected StepRegisterContract() {}

    /** The record of this test: empty at first, and the same, opened anew, each further time. */
    protected abstract StepRegister open() throws Exception;

    @BeforeEach
    void openOnce() throws Exception {
        register = open();
    }

    @Test
    @DisplayName("ENT-6 a step that was taken is not taken again, nor is an earlier one")
    void takesOnlyLaterSteps() throws IOException {
        assertThat(register.take(PASS, NOON, END)).isTrue();
        assertThat(register.take(PASS, NOON, END)).isFalse();
        assertThat(register.take(PASS, NOON.minusSeconds(15), END)).isFalse();
        assertThat(register.take(PASS, NOON.plusSeconds(15), END)).isTrue();
        assertThat(register.take(PASS, NOON, END)).isFalse();
        assertThat(register.take(PASS, NOON.plusSeconds(15), END)).isFalse();
    }

    @Test
    void keepsPassesApart() throws IOException {
        assertThat(register.take(PASS, NOON, END)).isTrue();
        assertThat(register.take("acme/" + PASS, NOON, END)).isTrue();
        assertThat(register.take("acme/" + PASS, NOON, END)).isFalse();
        assertThat(register.take("x".repeat(128), NOON, END)).isTrue();
    }

    @Test
    @DisplayName("ENT-6 the last step is remembered over a restart and by every gate")
    void remembersAfterARestart() throws Exception {
        assertThat(register.take(PASS, NOON, END)).isTrue();
        StepRegister again = open();
        assertThat(again.take(PASS, NOON, END)).isFalse();
        assertThat(again.take(PASS, NOON.plusSeconds(5), END)).isTrue();
    }

    @Test
    @DisplayName("ENT-6 of many gates that race for one step exactly one gets it")
    void letsExactlyOneOfManyRacingGatesHaveAStep() throws Exception {
        int gates = 16;
        ExecutorService threads = Executors.newFixedThreadPool(gates);
        try {
            for (int round = 0; round < 10; round++) {
                Instant step = NOON.plusSeconds(15L * round);
                CyclicBarrier start = new CyclicBarrier(gates);
                List<Callable<Boolean>> racers = new ArrayList<>();
                for (int gate = 0; gate < gates; gate++) {
                    racers.add(() -> {
                        start.await();
                        return register.take(PASS, step, END);
                    });
                }
                int winners = 0;
                for (Future<Boolean> racer : threads.invokeAll(racers)) {
                    winners += racer.get() ? 1 : 0;
                }
                assertThat(winners).isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
