package io.gatehouse.codes.label;

/** Hears how far the making of labels is. Called on the thread that makes them. */
@FunctionalInterface
public interface LabelListener {
    /** Hears nothing and stops nothing. */
    LabelListener NONE = done -> true;

    /**
     * So many labels are done; called after each sheet.
     *
     * @return false to stop: then nothing is written
     */
    boolean done(long labels);
}
