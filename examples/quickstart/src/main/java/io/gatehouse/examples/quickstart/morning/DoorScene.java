package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.devices.sim.TapEntry;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.util.List;

/** The door behind one opening: the bytes to its relay board, and what happens when the board is unplugged. */
final class DoorScene implements Scene {
    private static final int EXCHANGE = 2;

    @Override
    public String title() {
        return "The door";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) {
        String who = cast.decliner().name();
        int before = premises.doors().bytes().size();
        log.mustOpen("a code, and the door's bytes", who, present(premises, cast));
        List<TapEntry> bytes = premises.doors().bytes();
        bytes.subList(before, Math.min(bytes.size(), before + EXCHANGE)).forEach(entry -> log.note(entry.toString()));

        premises.doors().silence();
        Passage unanswered = present(premises, cast);
        premises.doors().restore();
        log.passage(
                "the relay board is unplugged",
                who,
                unanswered,
                unanswered
                        .actuation()
                        .filter(Actuation.NoAnswer.class::isInstance)
                        .isPresent());
        log.section(
                "What went over the relay board's bus",
                premises.doors().bytes().stream().map(Object::toString).toList());
    }

    private static Passage present(Premises premises, Cast cast) {
        IssuedPass pass = premises.passOf(cast.decliner().id());
        return premises.entrance()
                .present(CodeEvidence.ofText(pass.text(), premises.clock().instant(), "scanner"));
    }
}
