package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.gallery.Enrolment;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.cast.CastMember;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Whoever consented is enrolled: detect, align, check quality, embed, protect, store encrypted. The picture is not kept. */
final class EnrolmentScene implements Scene {
    private final FaceAnalyser analyser;

    EnrolmentScene(FaceAnalyser enrolmentAnalyser) {
        this.analyser = enrolmentAnalyser;
    }

    @Override
    public String title() {
        return "Enrolment";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        for (CastMember member : cast.members()) {
            log.progress("enrolling " + member.name());
            enrol(member, premises, log);
        }
    }

    private void enrol(CastMember member, Premises premises, SceneLog log) throws IOException {
        Stopwatch watch = Stopwatch.start();
        Optional<Face> face = analyser.analyseNearest(member.enrolment().frame())
                .fold(analysed -> Optional.of(analysed.first()), noFace -> Optional.empty());
        if (face.flatMap(Face::template).isEmpty()) {
            log.line("enrolment", member.name(), "refused", member.enrolment().label(), watch.elapsed(), false);
            return;
        }
        // A second morning begins with a new reference instead of adding one to yesterday's.
        premises.gallery().remove(member.id());
        Enrolment enrolment = premises.gallery()
                .enrol(member.id(), face.flatMap(Face::template).orElseThrow());
        log.line(
                "enrolment",
                member.name(),
                enrolment.fold(enrolled -> "enrolled", duplicate -> "duplicate", refused -> "refused"),
                enrolment.fold(
                        enrolled -> String.format(
                                Locale.ROOT,
                                "quality %d of 100, template sealed, picture not kept (%s)",
                                face.get().quality().unified(),
                                member.enrolment().label()),
                        duplicate -> "enrolled already as " + duplicate.candidates(),
                        refused -> refused.reason().toString()),
                watch.elapsed(),
                enrolment instanceof Enrolment.Enrolled);
    }
}
