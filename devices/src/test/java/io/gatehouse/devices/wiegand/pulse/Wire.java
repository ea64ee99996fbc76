package io.gatehouse.devices.wiegand.pulse;

import io.gatehouse.devices.wiegand.CardBits;
import io.gatehouse.devices.wiegand.pulse.Edge.Line;
import java.util.ArrayList;
import java.util.List;

/** Edges as a reader makes them: pulses of 50 µs, 2 ms apart. */
final class Wire {
    static final long PULSE = 50_000;
    static final long INTERVAL = 2_000_000;
    static final long GAP = 60_000_000;

    private final List<Edge> edges = new ArrayList<>();
    private long now = 1_000_000_000L;

    Wire card(CardBits bits) {
        for (int i = 0; i < bits.length(); i++) {
            pulse(bits.bit(i) ? Line.D1 : Line.D0, PULSE);
        }
        return quiet(GAP);
    }

    Wire pulse(Line line, long width) {
        edges.add(new Edge(line, true, now));
        edges.add(new Edge(line, false, now + width));
        return quiet(INTERVAL);
    }

    Wire edge(Line line, boolean falling, long after) {
        quiet(after);
        edges.add(new Edge(line, falling, now));
        return this;
    }

    Wire quiet(long nanos) {
        now += nanos;
        return this;
    }

    List<Edge> edges() {
        return new ArrayList<>(edges);
    }
}
