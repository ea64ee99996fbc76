package io.gatehouse.biometrics.face;

/**
 * Hears everything that an analyser finds out: boxes, landmarks, chips, quality, liveness, templates, refusals, and what
 * each took. For live views, traces and measurements.
 *
 * <p>It is called on the thread that analyses, which waits: be quick, or put the event into a queue; do not call the
 * analyser from here, which could wait for itself. One analysis tells
 * in order; several run at the same time, so an implementation must be thread-safe. An exception that it throws changes
 * nothing: the analysis goes on, later events are told, the first such exception of an analyser is logged as a warning
 * and the others at level debug ({@link System.Logger} of {@link FaceAnalyser}). An {@link Error} goes through to the
 * caller of the analysis.
 *
 * <p>Events hold pictures and templates of people: what a listener keeps, it must protect.
 */
@FunctionalInterface
public interface AnalysisListener {
    /** Hears nothing. */
    AnalysisListener NONE = event -> {};

    void heard(AnalysisEvent event);
}
