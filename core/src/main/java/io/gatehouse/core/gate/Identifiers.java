package io.gatehouse.core.gate;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.evidence.ManualEvidence;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.reason.Reason;

/** The identifier for each kind of evidence. */
record Identifiers(
        Identifier<FaceEvidence> face,
        Identifier<CodeEvidence> code,
        Identifier<CardEvidence> card,
        Identifier<ManualEvidence> manual) {

    Identity identify(Evidence evidence, Checkpost checkpost) {
        return evidence.fold(
                it -> face.identify(it, checkpost),
                it -> code.identify(it, checkpost),
                it -> card.identify(it, checkpost),
                it -> manual.identify(it, checkpost));
    }

    /** Answers for a kind of evidence that the gate was not built for. */
    static <E extends Evidence> Identifier<E> none() {
        return (evidence, checkpost) -> new Identity.Unknown(
                evidence.method(),
                Reason.format(
                        "gate.method-not-taken",
                        "%s does not take %s: use another way.",
                        checkpost.portal().name(),
                        evidence.method()));
    }
}
