package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialPortsTest {
    private static final PortDescription SCANNER =
            new PortDescription("/dev/ttyACM0", List.of("/dev/serial/by-id/usb-Scanner-if00"), "a scanner", "S/N 1");

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final AtomicInteger searches = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-25T08:00:00Z");
    private boolean breaks;
    private final SerialPorts ports = SerialPorts.create(tasks::add, () -> now, Duration.ofSeconds(5), this::search);

    private List<PortDescription> search() {
        searches.incrementAndGet();
        if (breaks) {
            throw new IllegalStateException("on purpose");
        }
        return List.of(SCANNER);
    }

    @Test
    void looksOnceForAllWhoAskMeanwhileAndNotInTheirThread() {
        CompletableFuture<List<PortDescription>> one = ports.list();
        CompletableFuture<List<PortDescription>> other = ports.list();
        assertThat(searches).hasValue(0);
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(one.join()).containsExactly(SCANNER);
        assertThat(other.join()).containsExactly(SCANNER);
        assertThat(searches).hasValue(1);
    }

    @Test
    void keepsWhatWasFoundForAWhile() {
        CompletableFuture<List<PortDescription>> first = ports.list();
        tasks.remove().run();
        assertThat(first).isCompleted();
        now = now.plusMillis(4_999);
        assertThat(ports.list().join()).containsExactly(SCANNER);
        assertThat(tasks).isEmpty();
        now = now.plusMillis(1);
        assertThat(ports.list()).isNotDone();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void keepsNothingWhenTheClockWentBackOrLookingFailed() {
        CompletableFuture<List<PortDescription>> first = ports.list();
        tasks.remove().run();
        assertThat(first).isCompleted();
        now = now.minusSeconds(60);
        breaks = true;
        CompletableFuture<List<PortDescription>> failed = ports.list();
        tasks.remove().run();
        assertThat(failed).isCompletedExceptionally();
        breaks = false;
        CompletableFuture<List<PortDescription>> again = ports.list();
        tasks.remove().run();
        assertThat(again.join()).containsExactly(SCANNER);
    }

    @Test
    void isNotSpoiltByWhoCancelsTheirOwnWaiting() {
        CompletableFuture<List<PortDescription>> mine = ports.list();
        assertThat(mine.cancel(true)).isTrue();
        CompletableFuture<List<PortDescription>> theirs = ports.list();
        tasks.remove().run();
        assertThat(theirs.join()).containsExactly(SCANNER);
    }

    @Test
    void looksAtThisMachine() {
        CompletableFuture<List<PortDescription>> real =
                SerialPorts.create(Runnable::run, () -> now, Duration.ZERO).list();
        assertThat(real.join()).allSatisfy(port -> assertThat(port.url()).startsWith("serial:"));
    }

    @Test
    void namesThePortByTheNameThatStays() {
        assertThat(SCANNER.url()).isEqualTo("serial:/dev/serial/by-id/usb-Scanner-if00");
        assertThat(new PortDescription("COM3", List.of(), "", "").url()).isEqualTo("serial:COM3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SerialPorts.create(Runnable::run, () -> now, Duration.ofSeconds(-1)));
    }
}
