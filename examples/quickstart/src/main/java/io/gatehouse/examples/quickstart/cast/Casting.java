package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
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
    private final FaceAnalyser gateAnalyser;
    private final Instant now;
    private final Consumer<String> progress;
    private final SecondCapture secondCapture = new SecondCapture(new Random(SEED));

    /**
     * Casting with these means.
     *
     * @param enrolmentAnalyser judges whether a picture is good enough to enrol somebody from it
     * @param gateAnalyser      judges whether a simulated capture is one that a gate would look at
     */
    public Casting(
            FrameDecoder decoder,
            FaceAnalyser enrolmentAnalyser,
            FaceAnalyser gateAnalyser,
            Instant now,
            Consumer<String> progress) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.enrolmentAnalyser = Objects.requireNonNull(enrolmentAnalyser, "enrolmentAnalyser");
        this.gateAnalyser = Objects.requireNonNull(gateAnalyser, "gateAnalyser");
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
        List<String> leftOut = new ArrayList<>();
        List<Extra> extras = extras(demoPictures, leftOut);
        if (extras.isEmpty()) {
            leftOut.add("strangers, and the face of who declines: there are no demo pictures at " + demoPictures);
        }
        return new Cast(
                members,
                decliner(extras.stream().findFirst()),
                extras.stream().skip(1).limit(STRANGERS).map(Extra::capture).toList(),
                members.size() + " people from " + folder
                        + "; decliner and strangers are faces of the demo pictures in a simulated second capture.",
                leftOut);
    }

    /** Everybody comes from the demo pictures. */
    public Cast fromDemoPictures(Path demoPictures) throws CannotStartException {
        List<String> leftOut = new ArrayList<>();
        List<Extra> extras = extras(demoPictures, leftOut);
        int needed = 1 + STRANGERS + Cast.MIN_MEMBERS;
        if (extras.size() < needed) {
            throw new CannotStartException("the demo pictures at " + demoPictures + " show " + extras.size()
                    + " usable faces, the morning needs " + needed + ": build the project again, or give --photos DIR");
        }
        List<CastMember> members = new ArrayList<>();
        for (Extra extra : extras.subList(1 + STRANGERS, extras.size())) {
            if (members.size() < MAX_MEMBERS) {
                members.add(member(members.size(), extra));
            }
        }
        return new Cast(
                members,
                decliner(Optional.of(extras.get(0))),
                extras.subList(1, 1 + STRANGERS).stream().map(Extra::capture).toList(),
                "Faces cut from the demo pictures of the face-api package. The second capture of each is simulated from"
                        + " the same picture (scale, tilt, light, blur, JPEG), which is easier than a real one.",
                leftOut);
    }

    /** Faces of the demo pictures with their simulated second capture. */
    private List<Extra> extras(Path demoPictures, List<String> leftOut) throws CannotStartException {
        DemoPhotos demo = new DemoPhotos(decoder, enrolmentAnalyser, now, progress);
        demo.look(demoPictures);
        leftOut.addAll(demo.leftOut());
        List<Extra> extras = new ArrayList<>();
        for (Photograph portrait : demo.portraits()) {
            Photograph capture =
                    new Photograph(portrait.label() + ", second capture", secondCapture.of(portrait.frame()));
            Optional<String> refusal = refusal(gateAnalyser, capture);
            refusal.ifPresentOrElse(
                    why -> leftOut.add(capture.label() + " (simulated): " + why),
                    () -> extras.add(new Extra(portrait, capture)));
        }
        return extras;
    }

    private void requireEnrollable(Path folder, CastMember member) throws CannotStartException {
        Optional<String> refusal = refusal(enrolmentAnalyser, member.enrolment());
        if (refusal.isPresent()) {
            throw new CannotStartException(folder.resolve(member.enrolment().label()) + " cannot enrol " + member.name()
                    + ": " + refusal.get() + " Put another picture of one person first by name.");
        }
    }

    /** Why an analyser makes no template of a picture; empty if it makes one. */
    private static Optional<String> refusal(FaceAnalyser analyser, Photograph photograph) {
        FaceAnalysis analysis = analyser.analyseNearest(photograph.frame());
        return analysis.fold(
                analysed -> analysed.first().refusals().stream().findFirst().map(Reason::text),
                noFace -> Optional.of(noFace.reason().text()));
    }

    private static CastMember member(int index, Extra extra) {
        return new CastMember(
                PersonId.of("staff-" + (index + 1)),
                "Person " + (char) ('A' + index),
                extra.portrait(),
                List.of(extra.capture()));
    }

    private static Decliner decliner(Optional<Extra> extra) {
        return new Decliner(PersonId.of("staff-90"), "Robin", extra.map(Extra::capture));
    }

    /** A face of the demo pictures, and how it looks the second time. */
    private record Extra(Photograph portrait, Photograph capture) {}
}
