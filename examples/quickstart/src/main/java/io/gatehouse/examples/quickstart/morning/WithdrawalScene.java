package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.vault.ShredCertificate;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.cast.CastMember;
import io.gatehouse.examples.quickstart.premises.Premises;
import io.gatehouse.policy.consent.FollowUp;
import java.io.IOException;

/** Consent is withdrawn: the template is shredded, the face opens nothing more, a code still does. */
final class WithdrawalScene implements Scene {
    @Override
    public String title() {
        return "Consent withdrawn";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        CastMember leaver = cast.last();
        Stopwatch watch = Stopwatch.start();
        FollowUp followUp = premises.consents().withdraw(ConsentScene.subject(leaver.id()), "at the reception");
        ShredCertificate certificate = premises.gallery().forget(leaver.id());
        premises.consents().finish(followUp);
        log.line(
                "consent withdrawn",
                leaver.name(),
                "shredded",
                "key " + certificate.keyFingerprint().substring(0, 12) + "… of the template destroyed",
                watch.elapsed(),
                followUp.action() == FollowUp.Action.SHRED && !premises.mayUseFaceOf(leaver.id()));

        log.mustRefuse(
                "the face after that",
                leaver.name(),
                premises.entrance()
                        .present(FaceEvidence.of(leaver.presentations().get(0).frame())),
                FaceScene.NO_CONSENTED_MATCH);

        IssuedPass pass = premises.passes().dayPass(leaver.id());
        log.mustOpen(
                "a code instead",
                leaver.name(),
                premises.entrance()
                        .present(CodeEvidence.ofText(
                                pass.text(), premises.clock().instant(), "scanner")));
    }
}
