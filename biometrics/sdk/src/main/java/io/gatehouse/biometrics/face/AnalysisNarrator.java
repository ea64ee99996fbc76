package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.AnalysisEvent.Moment;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells the listeners of one analyser, and keeps what they throw away from the analysis. Thread-safe. */
final class AnalysisNarrator {
    private static final System.Logger LOG = System.getLogger(FaceAnalyser.class.getName());

    private final List<AnalysisListener> listeners;
    private final AtomicLong analyses = new AtomicLong();
    private final AtomicBoolean warned = new AtomicBoolean();

    AnalysisNarrator(List<AnalysisListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** The story of one more analysis, whose time begins now. */
    Story begin() {
        return new Story(analyses.incrementAndGet(), System.nanoTime());
    }

    private void tell(AnalysisEvent event) {
        for (AnalysisListener listener : listeners) {
            try {
                listener.heard(event);
            } catch (RuntimeException e) {
                Level level = warned.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
                LOG.log(level, "a listener of the analyser failed; the analysis goes on", e);
            }
        }
    }

    /** One analysis. Used by its thread alone. */
    final class Story {
        private final long number;
        private final long begin;

        private Story(long number, long begin) {
            this.number = number;
            this.begin = begin;
        }

        /** Runs a stage and tells what it found. */
        <T> T stage(Supplier<T> work, Event<T> event) {
            long started = System.nanoTime();
            T found = work.get();
            long ended = System.nanoTime();
            tell(event.of(new Moment(number, ended - begin, ended - started), found));
            return found;
        }

        /** Tells something that no stage took time for. */
        void tellNow(Function<Moment, AnalysisEvent> event) {
            tell(event.apply(new Moment(number, System.nanoTime() - begin, 0)));
        }
    }

    /** Makes the event of what a stage found. */
    @FunctionalInterface
    interface Event<T> {
        AnalysisEvent of(Moment moment, T found);
    }
}
