package io.gatehouse.devices.wiegand.pulse;

import io.gatehouse.devices.wiegand.CardBits;
import io.gatehouse.devices.wiegand.pulse.Edge.Line;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes cards of edges on D0 and D1 (SIA AC-01). A card in which anything was wrong is given as {@link PulseFrame.Faulty} and never
 * as bits: one lost pulse makes another card, and parity finds only every second such loss. Takes no more memory
 * whatever comes. Not thread-safe.
 */
public final class PulseDecoder {
    private static final int GLITCH_SHARE = 10;

    private final long minPulse;
    private final long maxPulse;
    private final long minInterval;
    private final long maxInterval;
    private final long frameGap;

    private final boolean[] low = new boolean[2];
    private final long[] fell = new long[2];
    private final Set<PulseFault> faults = EnumSet.noneOf(PulseFault.class);
    private BigInteger value = BigInteger.ZERO;
    private int bits;
    private boolean begun;
    private long lastPulse;
    private long lastEdge;

    private PulseDecoder(PulseTiming timing) {
        this.minPulse = timing.minPulse().toNanos();
        this.maxPulse = timing.maxPulse().toNanos();
        this.minInterval = timing.minInterval().toNanos();
        this.maxInterval = timing.maxInterval().toNanos();
        this.frameGap = timing.frameGap().toNanos();
    }

    public static PulseDecoder create(PulseTiming timing) {
        return new PulseDecoder(timing);
    }

    /** Takes the next edge; gives the card that the silence before it ended, if there was one. */
    public Optional<PulseFrame> feed(Edge edge) {
        Optional<PulseFrame> ended = silence(edge.nanos() - lastEdge);
        if (begun && edge.nanos() < lastEdge) {
            faults.add(PulseFault.TIME_WENT_BACK);
        }
        begun = true;
        lastEdge = edge.nanos();
        int line = edge.line() == Line.D0 ? 0 : 1;
        if (edge.falling() == low[line]) {
            faults.add(PulseFault.DROPPED_EDGE);
        }
        low[line] = edge.falling();
        if (edge.falling()) {
            fall(line, edge.nanos());
        } else {
            rise(line, edge.nanos());
        }
        return ended;
    }

    /** No edge came for so long since the last; gives the card that this ended. To be called when none comes for a while. */
    public Optional<PulseFrame> silence(long nanos) {
        if (!begun || nanos < frameGap) {
            return Optional.empty();
        }
        if (low[0] || low[1]) {
            faults.add(PulseFault.STUCK);
        }
        PulseFrame frame =
                faults.isEmpty() ? new PulseFrame.Whole(new CardBits(bits, value)) : new PulseFrame.Faulty(faults);
        clear();
        return Optional.of(frame);
    }

    private void fall(int line, long nanos) {
        if (low[1 - line]) {
            faults.add(PulseFault.BOTH_LOW);
        }
        if (bits > 0) {
            long interval = nanos - lastPulse;
            if (interval < minInterval) {
                faults.add(PulseFault.TOO_CLOSE);
            } else if (interval > maxInterval) {
                faults.add(PulseFault.PAUSE);
            }
        }
        fell[line] = nanos;
        lastPulse = nanos;
        if (bits == CardBits.MAX_LENGTH) {
            faults.add(PulseFault.TOO_MANY);
            return;
        }
        bits++;
        value = value.shiftLeft(1).or(BigInteger.valueOf(line));
    }

    private void rise(int line, long nanos) {
        if (bits == 0) {
            // The line fell before this began: it was low through a whole silence.
            if (faults.isEmpty()) {
                faults.add(PulseFault.STUCK);
            }
            return;
        }
        long width = nanos - fell[line];
        if (width < minPulse) {
            faults.add(width < minPulse / GLITCH_SHARE ? PulseFault.GLITCH : PulseFault.RUNT);
        } else if (width > maxPulse) {
            faults.add(PulseFault.STUCK);
        }
    }

    /** A line that is still low stays so: its next edge is a rising one. */
    private void clear() {
        faults.clear();
        value = BigInteger.ZERO;
        bits = 0;
        begun = false;
    }
}
