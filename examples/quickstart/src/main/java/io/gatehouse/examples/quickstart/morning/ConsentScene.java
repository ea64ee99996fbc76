package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.cast.CastMember;
import io.gatehouse.examples.quickstart.premises.Premises;
import io.gatehouse.policy.consent.ConsentSubject;
import io.gatehouse.policy.consent.Notice;
import java.io.IOException;

/** Everybody is shown the notice and asked; who declines gets a code instead. */
final class ConsentScene implements Scene {
    @Override
    public String title() {
        return "Notice and consent";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        Notice notice = premises.notice();
        log.note("Notice shown: \"" + notice.text() + "\"");
        for (CastMember member : cast.members()) {
            Stopwatch watch = Stopwatch.start();
            premises.consents().give(subject(member.id()), notice, "touch screen at the entrance");
            log.line(
                    "notice shown, asked",
                    member.name(),
                    "consents",
                    "notice " + notice.id() + " version " + notice.version() + ", sha256 "
                            + notice.sha256().substring(0, 12) + "…",
                    watch.elapsed(),
                    premises.mayUseFaceOf(member.id()));
        }
        decline(premises, cast, notice, log);
    }

    private static void decline(Premises premises, Cast cast, Notice notice, SceneLog log) throws IOException {
        PersonId decliner = cast.decliner().id();
        Stopwatch watch = Stopwatch.start();
        premises.consents().refuse(subject(decliner), notice, "touch screen at the entrance");
        IssuedPass pass = premises.passes().dayPass(decliner);
        premises.passes().draw(pass, premises.file("pass-" + decliner.value() + ".png"));
        premises.remember(decliner, pass);
        log.line(
                "notice shown, asked",
                cast.decliner().name(),
                "declines",
                "gets a QR code instead: " + pass.text().length() + " characters",
                watch.elapsed(),
                !premises.mayUseFaceOf(decliner));
    }

    static ConsentSubject subject(PersonId person) {
        return ConsentSubject.of(person, Purpose.ACCESS, DataClass.FACE_TEMPLATE);
    }
}
