package io.gatehouse.devices.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.devices.door.DoorEvent.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class DoorRecorderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final List<LedgerEvent> taken = new ArrayList<>();
    private boolean down;

    @Test
    void recordsEachEventUnderItsKindWithItsFacts() {
        DoorRecorder recorder = DoorRecorder.create(sink(), Runnable::run);
        recorder.accept(DoorEvent.of(PortalId.of("front"), NOW, Kind.FORCED_OPEN, Map.of("a", "b")));
        assertThat(taken).singleElement().satisfies(event -> {
            assertThat(event.kind().value()).isEqualTo("door.forced-open");
            assertThat(event.portal()).contains(PortalId.of("front"));
            assertThat(event.occurredAt()).isEqualTo(NOW);
            assertThat(event.facts()).containsEntry("a", "b");
        });
    }

    @Test
    void keepsEventsInTheirOrderWhileTheLedgerIsDown() {
        DoorRecorder recorder = DoorRecorder.create(sink(), Runnable::run);
        down = true;
        recorder.accept(event(Kind.EXIT));
        recorder.accept(event(Kind.DURESS));
        assertThat(recorder.waiting()).isEqualTo(2);
        down = false;
        recorder.accept(event(Kind.CLOSED));
        assertThat(taken)
                .extracting(event -> event.kind().value())
                .containsExactly("door.exit", "door.duress", "door.closed");
        assertThat(recorder.waiting()).isZero();
    }

    @Test
    void leavesOutWhatTheSinkRefusesForGood() {
        DoorRecorder recorder = DoorRecorder.create(
                event -> {
                    if (event.kind().value().equals("door.exit")) {
                        throw new IllegalArgumentException("no");
                    }
                    taken.add(event);
                },
                Runnable::run);
        recorder.accept(event(Kind.EXIT));
        recorder.accept(event(Kind.DURESS));
        assertThat(taken).hasSize(1);
    }

    @Test
    void countsWhatItGaveUpBecauseTooMuchWaited() {
        DoorRecorder recorder = DoorRecorder.create(sink(), Runnable::run);
        down = true;
        for (int i = 0; i < 10_003; i++) {
            recorder.accept(event(Kind.EXIT));
        }
        assertThat(recorder.dropped()).isEqualTo(3);
        assertThat(recorder.waiting()).isEqualTo(10_000);
    }

    @Test
    void anExecutorThatTakesNothingHoldsNothingUp() {
        DoorRecorder recorder = DoorRecorder.create(sink(), task -> {
            throw new RejectedExecutionException("shut down");
        });
        recorder.accept(event(Kind.EXIT));
        assertThat(recorder.waiting()).isOne();
    }

    private EventSink sink() {
        return event -> {
            if (down) {
                throw new IOException("down");
            }
            taken.add(event);
        };
    }

    private static DoorEvent event(Kind kind) {
        return DoorEvent.of(PortalId.of("front"), NOW, kind, Map.of());
    }
}
