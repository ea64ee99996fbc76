package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.biometrics.face.track.BestShot;
import io.gatehouse.biometrics.face.track.BestShotOptions;
import io.gatehouse.biometrics.face.track.Shot;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.gate.Identifier;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A gate's identifier of faces: analyses the nearest face, newest frame first, and searches the gallery for its purpose.
 * Thread-safe. The reasons for "unknown" begin with {@code face.}: {@code none}, {@code several}, {@code quality.…},
 * {@code attack}, {@code track.…} and {@code no-consented-match}. The last is the same for a stranger and for somebody who withdrew
 * consent: once the template is destroyed nothing can tell them apart, and before that nothing may. Searches are made in the
 * name of the portal, unless the options name another caller: so the ledger has them, and a limit per caller counts them.
 */
public final class FaceIdentifier implements Identifier<FaceEvidence> {
    private static final String NO_MATCH = "face.no-consented-match";

    private final FaceAnalyser analyser;
    private final Optional<FaceAnalyser> older;
    private final Gallery gallery;
    private final SearchOptions options;
    private final Optional<BestShotOptions> bestShot;

    private FaceIdentifier(
            FaceAnalyser analyser,
            Optional<FaceAnalyser> older,
            Gallery gallery,
            SearchOptions options,
            Optional<BestShotOptions> bestShot) {
        this.analyser = analyser;
        this.older = older;
        this.gallery = gallery;
        this.options = Objects.requireNonNull(options, "options");
        this.bestShot = bestShot;
        if (!analyser.packId().equals(gallery.packId())) {
            throw new IllegalArgumentException("the analyser makes templates of the pack " + analyser.packId()
                    + ", the gallery holds those of " + gallery.packId());
        }
        // Asked now, so that a rate outside the calibration is refused at set-up and not before a waiting person.
        analyser.calibration().threshold(options.target(), gallery.size(options.groups()));
        bestShot.ifPresent(it -> BestShot.create(it, analyser.calibration()));
        older.ifPresent(it -> {
            if (!gallery.packIds().contains(it.packId()) || it.packId().equals(gallery.packId())) {
                throw new IllegalArgumentException("the older analyser makes templates of the pack " + it.packId()
                        + ", the gallery holds those of " + gallery.packIds());
            }
            it.calibration().threshold(options.target(), gallery.size(options.groups()));
            bestShot.ifPresent(shots -> BestShot.create(shots, it.calibration()));
        });
    }

    /**
     * An identifier; analyser and gallery stay the caller's to close.
     *
     * @throws IllegalArgumentException if they use different packs, or the rate is outside what was measured
     */
    public static FaceIdentifier create(FaceAnalyser analyser, Gallery gallery, SearchOptions options) {
        return new FaceIdentifier(analyser, Optional.empty(), gallery, options, Optional.empty());
    }

    /**
     * An identifier that joins the frames of one evidence to a best shot. They are looked at newest first until the best
     * shot is done, and older ones are not looked at; those looked at must show one and the same face nearest, or the
     * reason is {@code face.track.inconsistent}. Evidence of a single frame is identified as without it. Joined templates
     * are nearer to everybody's: at an unchanged threshold nearly twice as many strangers match.
     *
     * @throws IllegalArgumentException if the rate of the options is outside what was measured, of either pack
     */
    public FaceIdentifier withBestShot(BestShotOptions shots) {
        return new FaceIdentifier(analyser, older, gallery, options, Optional.of(shots));
    }

    /**
     * An identifier for the time in which people are enrolled anew with another pack: who is not found with the present one
     * is looked for with the older one, which takes as long again. As two searches are made, a stranger is taken for
     * somebody up to twice as often as with one.
     *
     * @throws IllegalArgumentException as for {@link #create}; also if the gallery does not hold the older pack
     */
    public static FaceIdentifier createForMigration(
            FaceAnalyser analyser, FaceAnalyser older, Gallery gallery, SearchOptions options) {
        return new FaceIdentifier(analyser, Optional.of(older), gallery, options, Optional.empty());
    }

    @Override
    public Identity identify(FaceEvidence evidence, Checkpost checkpost) {
        List<Frame> frames = evidence.frames();
        SearchOptions asked = options.caller().isPresent()
                ? options
                : options.by(checkpost.portal().id().value());
        return bestShot.isPresent() && frames.size() > 1
                ? identifyTogether(frames, bestShot.get(), asked)
                : identifyOneByOne(frames, asked);
    }

    private Identity identifyTogether(List<Frame> frames, BestShotOptions shots, SearchOptions asked) {
        Identity answer = identifyTogether(analyser, frames, shots, asked);
        return older.isPresent() && isUnmatched(answer) ? identifyTogether(older.get(), frames, shots, asked) : answer;
    }

    private Identity identifyTogether(FaceAnalyser by, List<Frame> frames, BestShotOptions shots, SearchOptions asked) {
        if (!gallery.packIds().contains(by.packId())) {
            return unknown(FaceMessages.reason(NO_MATCH));
        }
        BestShot best = BestShot.create(shots, by.calibration());
        for (int i = frames.size() - 1; i >= 0 && !best.isDone(); i--) {
            Frame frame = frames.get(i);
            best.offer(by.analyseNearest(frame)
                    .fold(
                            analysed -> Shot.of(frame.capturedAt(), analysed.first()),
                            noFace -> Shot.refused(frame.capturedAt(), noFace.reason())));
        }
        return best.result().fold(chosen -> identify(chosen.template(), asked), refused -> unknown(refused.reason()));
    }

    private Identity identifyOneByOne(List<Frame> frames, SearchOptions asked) {
        Identity newest = identify(frames.get(frames.size() - 1), asked);
        Identity answer = newest;
        for (int i = frames.size() - 2; i >= 0 && mayTryAnother(answer); i--) {
            answer = identify(frames.get(i), asked);
        }
        // If no frame is good enough, the newest says best what to do now.
        return mayTryAnother(answer) ? newest : answer;
    }

    /** An older frame may be better where this one shows no usable face; an attack or a stranger stays what it is. */
    private static boolean mayTryAnother(Identity identity) {
        return identity instanceof Identity.Unknown unknown
                && (unknown.reason().code().equals("face.none")
                        || unknown.reason().code().startsWith("face.quality."));
    }

    private Identity identify(Frame frame, SearchOptions asked) {
        Identity answer = identify(analyser, frame, asked);
        return older.isPresent() && isUnmatched(answer) ? identify(older.get(), frame, asked) : answer;
    }

    private static boolean isUnmatched(Identity identity) {
        return identity instanceof Identity.Unknown unknown
                && unknown.reason().code().equals(NO_MATCH);
    }

    private Identity identify(FaceAnalyser by, Frame frame, SearchOptions asked) {
        // Between two frames the migration may have been finished, and the older references dropped.
        if (!gallery.packIds().contains(by.packId())) {
            return unknown(FaceMessages.reason(NO_MATCH));
        }
        FaceAnalysis analysis = by.analyseNearest(frame);
        return analysis.fold(analysed -> identify(analysed.first(), asked), noFace -> unknown(noFace.reason()));
    }

    private Identity identify(Face face, SearchOptions asked) {
        return face.template()
                .map(template -> identify(template, asked))
                .orElseGet(() -> unknown(face.refusals().get(0)));
    }

    private Identity identify(Template probe, SearchOptions asked) {
        return gallery.identify(gallery.purpose(), probe, asked)
                .fold(
                        known -> Identity.Known.of(known.person(), Method.FACE, measured(known, probe)),
                        ambiguous -> new Identity.Ambiguous(Method.FACE, ambiguous.people()),
                        nobody -> unknown(FaceMessages.reason(NO_MATCH)),
                        refused -> unknown(told(refused.reason())));
    }

    /** That the migration was finished during the analysis changes nothing for who stands here: they were not found. */
    private static Reason told(Reason reason) {
        return reason.code().equals(GalleryRecords.DROPPED) ? FaceMessages.reason(NO_MATCH) : reason;
    }

    /** An identity carries no mark of an extrapolation, so a gate is told no more than was measured. */
    private double measured(SearchResult.Known known, Template probe) {
        if (!known.extrapolated()) {
            return known.score();
        }
        FaceAnalyser by = older.filter(it -> it.packId().equals(probe.packId())).orElse(analyser);
        return Math.min(known.score(), by.calibration().scoreAt(0));
    }

    private static Identity unknown(Reason reason) {
        return new Identity.Unknown(Method.FACE, reason);
    }
}
