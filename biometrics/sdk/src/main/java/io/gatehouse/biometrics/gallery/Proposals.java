package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who should be enrolled anew (ATT-15). */
final class Proposals {
    private static final Reason PACK =
            Reason.of("template.old-pack", "The face was enrolled with an older model: enrol it anew.");
    private static final Reason AGE = Reason.of("template.old", "The face was enrolled long ago: enrol it anew.");
    private static final Reason DRIFT =
            Reason.of("template.drift", "The face has come to differ from the enrolled one: enrol it anew.");

    private Proposals() {}

    /** By person; one each, the weightiest. */
    static List<ReenrolmentProposal> of(Shelves shelves, Trends trends, TemplateAging aging, Instant now) {
        List<ReenrolmentProposal> proposals = new ArrayList<>();
        shelves.migration().left().forEach(person -> proposals.add(new ReenrolmentProposal(person, PACK)));
        shelves.current().forEachPerson((person, at) -> {
            if (at.plus(aging.maxAge()).isBefore(now)) {
                proposals.add(new ReenrolmentProposal(person, AGE));
            } else if (trends.hasRisen(person)) {
                proposals.add(new ReenrolmentProposal(person, DRIFT));
            }
        });
        proposals.sort(Comparator.comparing(ReenrolmentProposal::person));
        return List.copyOf(proposals);
    }
}
