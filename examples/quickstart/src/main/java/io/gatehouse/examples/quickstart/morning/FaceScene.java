package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.cast.CastMember;
import io.gatehouse.examples.quickstart.cast.Photograph;
import io.gatehouse.examples.quickstart.premises.Premises;
import io.gatehouse.examples.quickstart.report.PictureCard;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Faces come to the gates: known ones are let in where and when a rule says so; strangers, attacks, the wrong hour and
 * the wrong zone are refused, each with its reason.
 */
final class FaceScene implements Scene {
    static final String NO_CONSENTED_MATCH = "face.no-consented-match";

    private static final LocalTime EVENING = LocalTime.of(22, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final Duration BETWEEN = Duration.ofSeconds(20);

    private final FaceAnalyser lookingForBoxes;
    private final List<Photograph> attacks;

    FaceScene(FaceAnalyser lookingForBoxes, List<Photograph> attacks) {
        this.lookingForBoxes = lookingForBoxes;
        this.attacks = attacks;
    }

    @Override
    public String title() {
        return "Faces at the gates";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) {
        Optional<Photograph> ofFirst = Optional.empty();
        Optional<Photograph> ofLast = Optional.empty();
        for (CastMember member : cast.members()) {
            Optional<Photograph> recognised = presentAll(member, premises, log);
            ofFirst = member.equals(cast.first()) ? recognised : ofFirst;
            ofLast = member.equals(cast.last()) ? recognised : ofLast;
        }
        ofFirst.ifPresent(photo -> log.mustOpen(
                "at the laboratory door", cast.first().name(), present(premises.laboratory(), photo, premises)));
        ofLast.ifPresent(photo -> log.mustRefuse(
                "at the laboratory door",
                cast.last().name(),
                present(premises.laboratory(), photo, premises),
                "permit.wrong-zone"));
        ofFirst.ifPresent(photo -> inTheEvening(cast.first(), photo, premises, log));
        for (Photograph stranger : cast.strangers()) {
            mustRefuse("a stranger", "nobody known", stranger, NO_CONSENTED_MATCH, premises, log);
        }
        cast.decliner()
                .face()
                .ifPresent(face -> mustRefuse(
                        "the face of who declined", cast.decliner().name(), face, NO_CONSENTED_MATCH, premises, log));
        for (Photograph attack : attacks) {
            mustRefuse("a picture held up: " + attack.label(), "nobody known", attack, "face.attack", premises, log);
        }
    }

    /** Presents every picture of a member; each must be the member or nobody, and at least half the member. */
    private Optional<Photograph> presentAll(CastMember member, Premises premises, SceneLog log) {
        Optional<Photograph> firstRecognised = Optional.empty();
        int recognised = 0;
        Duration took = Duration.ZERO;
        boolean onlyOne = member.presentations().size() == 1;
        for (Photograph photo : member.presentations()) {
            log.progress(member.name() + " at the entrance");
            Passage passage = present(premises.entrance(), photo, premises);
            took = took.plus(passage.times().total());
            boolean isThem = isRecognisedAs(member.id(), passage);
            if (isThem) {
                recognised++;
                firstRecognised = firstRecognised.or(() -> Optional.of(photo));
            }
            boolean isSomebodyElse = !isThem && passage.identity() instanceof Identity.Known;
            log.passage(
                    "face, " + TIME.format(premises.clock().timeOfDay()),
                    member.name(),
                    passage,
                    onlyOne ? isThem : !isSomebodyElse);
            log.picture(card(photo, member.name(), passage));
        }
        if (!onlyOne) {
            int presented = member.presentations().size();
            log.line(
                    "recognised",
                    member.name(),
                    recognised + " of " + presented,
                    "at least half must be, and none as somebody else",
                    took,
                    2 * recognised >= presented);
        }
        return firstRecognised;
    }

    private void inTheEvening(CastMember member, Photograph photo, Premises premises, SceneLog log) {
        LocalTime before = premises.clock().timeOfDay();
        premises.clock().set(EVENING);
        log.mustRefuse(
                "face, " + TIME.format(EVENING),
                member.name(),
                present(premises.entrance(), photo, premises),
                "permit.outside-hours");
        premises.clock().set(before);
    }

    private void mustRefuse(String what, String who, Photograph photo, String code, Premises premises, SceneLog log) {
        Passage passage = present(premises.entrance(), photo, premises);
        log.mustRefuse(what, who, passage, code);
        log.picture(card(photo, what, passage));
    }

    private static Passage present(Gate gate, Photograph photo, Premises premises) {
        premises.clock().advance(BETWEEN);
        return gate.present(FaceEvidence.of(photo.frame()));
    }

    private static boolean isRecognisedAs(PersonId person, Passage passage) {
        return passage.isOpened()
                && passage.identity() instanceof Identity.Known known
                && known.person().equals(person);
    }

    private PictureCard card(Photograph photo, String caption, Passage passage) {
        Optional<FaceBox> box = lookingForBoxes
                .analyseNearest(photo.frame())
                .fold(analysed -> Optional.of(analysed.first().box()), (FaceAnalysis.NoFace none) -> Optional.empty());
        String outcome = passage.isOpened() ? "let in" : SceneLog.firstReasonOf(passage);
        return new PictureCard(
                photo.frame(),
                box.map(it -> (int) it.x()).orElse(0),
                box.map(it -> (int) it.y()).orElse(0),
                box.map(it -> (int) it.width()).orElse(0),
                box.map(it -> (int) it.height()).orElse(0),
                caption + ": " + outcome,
                passage.isOpened());
    }
}
