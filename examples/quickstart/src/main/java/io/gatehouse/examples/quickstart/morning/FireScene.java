package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.presence.Presence;
import io.gatehouse.devices.alarm.AlarmReport;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.io.IOException;
import java.util.List;

/** Fire: the doors are released at once, and the muster list says who has to be accounted for. */
final class FireScene implements Scene {
    private static final PersonId GUARD = PersonId.of("guard-1");

    @Override
    public String title() {
        return "Fire alarm";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        Stopwatch watch = Stopwatch.start();
        AlarmReport report = premises.emergencies().fire("smoke detector, first floor");
        log.line(
                "fire alarm",
                "all doors",
                released(report) + " released",
                "the relays of both doors are " + (premises.doors().bothRelaysOn() ? "on" : "NOT on"),
                watch.elapsed(),
                report.unconfirmed().isEmpty() && premises.doors().bothRelaysOn());
        muster(premises, log);

        Stopwatch resetting = Stopwatch.start();
        AlarmReport reset = premises.emergencies().resetFire(GUARD);
        log.line(
                "alarm reset by hand",
                GUARD.value(),
                released(reset) + " locked",
                "doors are locked again",
                resetting.elapsed(),
                reset.unconfirmed().isEmpty());
    }

    private static void muster(Premises premises, SceneLog log) throws IOException {
        Stopwatch watch = Stopwatch.start();
        Presence presence = Presence.of(premises.ledger());
        presence.catchUp();
        List<Presence.Stay> muster = presence.muster();
        List<String> list = muster.stream()
                .map(stay -> stay.zone() + ": " + premises.nameOf(stay.person()) + ", since "
                        + stay.since().atZone(premises.timeZone()).toLocalTime())
                .toList();
        log.line(
                "muster list",
                muster.size() + " people",
                "printed",
                "counted from the ledger: " + presence.counts(),
                watch.elapsed(),
                !muster.isEmpty());
        list.forEach(log::note);
        log.section("Muster list", list);
    }

    private static long released(AlarmReport report) {
        return report.answers().values().stream().filter(Actuation::isDone).count();
    }
}
