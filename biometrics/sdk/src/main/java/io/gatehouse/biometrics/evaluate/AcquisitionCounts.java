package io.gatehouse.biometrics.evaluate;

/**
 * What failed before anything was compared, and what that does to the rates that a whole transaction has (ISO/IEC
 * 19795-1): a system that refuses difficult samples must not look better for it. Immutable and thread-safe.
 *
 * @param enrolments people who were to be enrolled; errors are those of whom no template came (FTE)
 * @param captures   samples that were presented; errors are those that gave no template (FTA)
 */
public record AcquisitionCounts(Proportion enrolments, Proportion captures) {

    /** The failure-to-enrol rate; 0 if nobody was to be enrolled. */
    public double fte() {
        return enrolments.trials() == 0 ? 0 : enrolments.rate();
    }

    /** The failure-to-acquire rate; 0 if nothing was presented. */
    public double fta() {
        return captures.trials() == 0 ? 0 : captures.rate();
    }

    /** False accept rate of a one-attempt transaction: FMR · (1 − FTA). */
    public double falseAcceptRate(double fmr) {
        return fmr * (1 - fta());
    }

    /** False reject rate of a one-attempt transaction: FTA + FNMR · (1 − FTA). */
    public double falseRejectRate(double fnmr) {
        return fta() + fnmr * (1 - fta());
    }

    /** Generalised false accept rate, over people too who could not be enrolled: FAR · (1 − FTE). */
    public double generalisedFalseAcceptRate(double fmr) {
        return falseAcceptRate(fmr) * (1 - fte());
    }

    /** Generalised false reject rate: FTE + (1 − FTE) · FRR. */
    public double generalisedFalseRejectRate(double fnmr) {
        return fte() + (1 - fte()) * falseRejectRate(fnmr);
    }
}
