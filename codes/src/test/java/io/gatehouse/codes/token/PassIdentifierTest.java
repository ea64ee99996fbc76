package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.FIVE;
import static io.gatehouse.codes.token.Fixtures.FRONT;
import static io.gatehouse.codes.token.Fixtures.LAB;
import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.OPTIONS;
import static io.gatehouse.codes.token.Fixtures.ZONES;
import static io.gatehouse.codes.token.Fixtures.entering;
import static io.gatehouse.codes.token.Fixtures.issue;
import static io.gatehouse.codes.token.Fixtures.verifier;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrReader;
import io.gatehouse.codes.symbol.QrReaderOptions;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Identity.Known;
import io.gatehouse.core.identity.Identity.Unknown;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.RedemptionKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassIdentifierTest {
    @Test
    void knowsTheHolderOfAPassThatIsSeenByACamera() {
        Frame seen = QrWriter.create(QrOptions.DEFAULT)
                .write(issue(visitor().build()))
                .toFrame(NOON, "camera-1");
        CodeEvidence evidence = QrReader.create(QrReaderOptions.DEFAULT)
                .read(seen)
                .symbols()
                .get(0)
                .toEvidence(seen);

        assertThat(PassIdentifier.create(verifier()).identify(evidence, entering(FRONT, NOON)))
                .isEqualTo(Known.of(PersonId.of("104217"), Method.CODE, Double.POSITIVE_INFINITY));
    }

    @Test
    void carriesTheRedemptionKeyOfASingleUsePassForAsLongAsAGateCouldTakeIt() {
        Identity identity = identify(issue(visitor().singleUse().build()));

        assertThat(identity)
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> assertThat(known.redemption())
                                .contains(new RedemptionKey(
                                        "a1a2a3a4a5a6a7a8", FIVE.plus(OPTIONS.skew()), "visitor", Optional.empty())));
    }

    @Test
    void doesNotKnowWhoseBadCodeItIs() {
        assertUnknown(identify("hello"), "code.prefix");
        assertUnknown(identify(issue(visitor().zones(ZONES.grant(LAB)).build())), "code.wrong-zone");
    }

    @Test
    void doesNotKnowAHolderWhomTheSiteDoesNotKnow() {
        PassIdentifier identifier = PassIdentifier.create(verifier(), holder -> Optional.empty());

        assertUnknown(
                identifier.identify(evidence(issue(visitor().build())), entering(FRONT, NOON)), "code.unknown-holder");
    }

    private static Identity identify(String text) {
        return PassIdentifier.create(verifier()).identify(evidence(text), entering(FRONT, NOON));
    }

    private static CodeEvidence evidence(String text) {
        return CodeEvidence.ofText(text, NOON, "scanner-1");
    }

    private static void assertUnknown(Identity identity, String code) {
        assertThat(identity)
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.reason().code()).isEqualTo(code));
    }
}
