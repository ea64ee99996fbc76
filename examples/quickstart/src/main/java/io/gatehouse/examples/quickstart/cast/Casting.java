package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.identity.PersonId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Chooses who plays which part, from a folder of photographs or from the demo pictures alone. Used by one thread. */
public final class Casting {
    private static final int MAX_MEMBERS = 8;
    private static final int STRANGERS = 3;

    /** Fixed, so that the simulated captures are the same in every run. */
    private static final long SEED = 20_261_122L;

    private final FrameDecoder decoder;
    private final FaceAnalyser enrolmentAnalyser;
    private final Instant now;
    private final Consumer<String> progress;
    private final SecondCapture secondCapture = new SecondCapture(new Random(SEED));

    /**
     * Casting with these means.
     *
     * @param enrolmentAnalyser judges whether a picture is good enough to enrol somebody from it
     */
    public Casting(
            FrameDecoder decoder, FaceAnalyser enrolmentAnalyser, Instant now, Consumer<String> progress) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.enrolmentAnalyser = Objects.requireNonNull(enrolmentAnalyser, "enrolmentAnalyser");
        this.now = Objects.requireNonNull(now, "now");
        this.progress = Objects.requireNonNull(progress, "progress");
    }

    /** The people of a folder are the members; decliner and strangers come from the demo pictures, if there are any. */
    public Cast fromFolder(Path folder, Path demoPictures) throws CannotStartException {
        progress.accept("reading " + folder);
        List<CastMember> members = new PhotoFolder(folder, decoder, now).people();
        for (CastMember member : members) {
            progress.accept("looking at the picture that enrols " + member.name());
            requireEnrollable(folder, member);
        }
        DemoPhotos demo = demo(demoPictures);
        List<Photograph> others = demo.portraits();
        List<String> notes = others.isEmpty()
                ? List.of("There are no demo pictures at " + demoPictures + ": no strangers come, and who declines shows no face.")
                : List.of();
        return new Cast(
                members,
                decliner(others.stream().findFirst()),
                others.stream().skip(1).limit(STRANGERS).map(this::captured).toList(),
                members.size() + " people from " + folder
                        + "; decliner and strangers are faces of the demo pictures in a simulated second capture.",
                notes);
    }

    /** Everybody comes from the demo pictures. */
    public Cast fromDemoPictures(Path demoPictures) throws CannotStartException {
        DemoPhotos demo = demo(demoPictures);
        List<Photograph> portraits = demo.portraits();
        int needed = 1 + STRANGERS + Cast.MIN_MEMBERS;
        if (portraits.size() < needed) {
            throw new CannotStartException("the demo pictures at " + demoPictures + " show " + portraits.size()
                    + " usable faces, the morning needs " + needed + ": build the project again, or give --photos DIR");
        }
        List<CastMember> members = new ArrayList<>();
        for (Photograph portrait : portraits.subList(1 + STRANGERS, portraits.size())) {
            if (members.size() < MAX_MEMBERS) {
                members.add(member(members.size(), portrait));
            }
        }
        return new Cast(
                members,
                decliner(Optional.of(portraits.get(0))),
                portraits.subList(1, 1 + STRANGERS).stream().map(this::captured).toList(),
                "Faces cut from the demo pictures of the face-api package. The second capture of each is simulated from"
                        + " the same picture (scale, tilt, light, blur, JPEG), which is easier than a real one.",
                demo.leftOut());
    }

    private DemoPhotos demo(Path demoPictures) throws CannotStartException {
        DemoPhotos demo = new DemoPhotos(decoder, enrolmentAnalyser, now, progress);
        demo.look(demoPictures);
        return demo;
    }

    private void requireEnrollable(Path folder, CastMember member) throws CannotStartException {
        FaceAnalysis analysis = enrolmentAnalyser.analyseNearest(member.enrolment().frame());
        Optional<String> refusal = analysis.fold(
                analysed -> analysed.first().refusals().stream().findFirst().map(reason -> reason.text()),
                noFace -> Optional.of(noFace.reason().text()));
        if (refusal.isPresent()) {
            throw new CannotStartException(folder.resolve(member.enrolment().label()) + " cannot enrol " + member.name() + ": "
                    + refusal.get() + " Put another picture of one person first by name.");
        }
    }

    private CastMember member(int index, Photograph portrait) {
        return new CastMember(
                PersonId.of("staff-" + (index + 1)),
                "Person " + (char) ('A' + index),
                portrait,
                List.of(captured(portrait)));
    }

    private Decliner decliner(Optional<Photograph> face) {
        return new Decliner(PersonId.of("staff-90"), "Robin", face.map(this::captured));
    }

    private Photograph captured(Photograph portrait) {
        return new Photograph(portrait.label() + ", second capture", secondCapture.of(portrait.frame()));
    }
}
