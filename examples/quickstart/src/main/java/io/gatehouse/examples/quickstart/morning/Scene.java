package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.io.IOException;

/** One step of the morning. */
interface Scene {
    /** What it shows, for the heading above its lines. */
    String title();

    /**
     * Plays it and logs a line for each thing that happened.
     *
     * @throws IOException if the disk or a device fails, which ends the morning
     */
    void play(Premises premises, Cast cast, SceneLog log) throws IOException;
}
