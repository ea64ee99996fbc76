package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.FIVE;
import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.NINE;
import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.OPTIONS;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.keys.KeyUse;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.place.PortalId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The life of issuer keys: published, active, retired, revoked; whose they are and what they are for. */
class KeyLifeTest {
    private static final SigningKey NEXT = SigningKey.generate(KeyId.of(0x0103), new SecureRandom());

    private static Verification verify(KeyRing ring, VerificationOptions options, String text, Instant at) {
        return PassVerifier.create(() -> ring, options).verify(text, Presentation.atDesk(at));
    }

    private static void assertRejected(Verification verification, Step step, String code) {
        assertThat(verification).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.step()).isEqualTo(step);
            assertThat(rejected.reason().code()).isEqualTo(code);
        });
    }

    private static String sign(SigningKey key, Pass pass) {
        byte[] headers = PassCodec.protectedHeaders(key.id(), key.kind().coseAlgorithm());
        return "GH1:" + Base45.encode(CoseSign1.sign(headers, PassCodec.writeClaims(pass), key::sign));
    }

    @Test
    void refusesWhatAKeySignedBeforeItIsActiveGiveOrTakeTheSkew() {
        KeyRing ring = KeyRing.of(NEXT.issuerKey().activeFrom(NOON));
        String text = sign(NEXT, visitor().build());
        Instant early = NOON.minus(OPTIONS.skew()).minusMillis(1);
        assertRejected(verify(ring, OPTIONS, text, early), Step.KEY_VALIDITY, "code.key-not-active");
        assertThat(verify(ring, OPTIONS, text, NOON.minus(OPTIONS.skew()))).isInstanceOf(Verified.class);
        assertThat(verify(ring, OPTIONS, text, NOON)).isInstanceOf(Verified.class);
    }

    @Test
    void signsNothingWithAKeyThatIsOnlyPublished() {
        AtomicReference<Instant> now = new AtomicReference<>(NOON.minusSeconds(1));
        KeyRing ring = KeyRing.of(NEXT.issuerKey().activeFrom(NOON));
        PassIssuer issuer = PassIssuer.create(NEXT, () -> ring, now::get);
        assertThatIllegalStateException()
                .isThrownBy(() -> issuer.issue(visitor().build()))
                .withMessageContaining("is used from");
        now.set(NOON);
        assertThat(issuer.issue(visitor().build()).text()).startsWith("GH1:");
    }

    @Test
    void refusesAWithdrawnKeyWhateverItSignedAndWhenever() {
        String text = sign(KEY, visitor().build());
        KeyRing revoked = Fixtures.RING.withRetired(KEY.id()).withRevoked(KEY.id());
        for (Instant at : List.of(NINE, NOON, FIVE.minusSeconds(1))) {
            assertRejected(verify(revoked, OPTIONS, text, at), Step.KEY_VALIDITY, "code.revoked-key");
        }
    }

    @Test
    void refusesAPassOfAKindThatItsKeyMayNotSign() {
        KeyScope desk = KeyScope.ofHouse(KeyUse.VISITOR_PASSES, KeyUse.ESCORTED_VISITOR_PASSES);
        KeyRing ring = KeyRing.of(NEXT.issuerKey(desk));
        assertThat(verify(ring, OPTIONS, sign(NEXT, visitor().build()), NOON)).isInstanceOf(Verified.class);
        Pass forged = Pass.builder(PassId.of(new byte[8]), PassType.EMPLOYEE, HolderReference.of("1"))
                .valid(NINE, FIVE)
                .build();
        assertRejected(verify(ring, OPTIONS, sign(NEXT, forged), NOON), Step.KEY_VALIDITY, "code.key-use");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> PassIssuer.create(NEXT, () -> ring, () -> NOON).issue(forged))
                .withMessageContaining("may not sign EMPLOYEE_PASSES");
    }

    @Test
    void takesPassesOfTheTenantsThatAreTakenHereOnly() {
        KeyScope tenant = new KeyScope("acme", KeyUse.ALL_PASSES);
        KeyRing ring = Fixtures.RING.with(NEXT.issuerKey(tenant));
        String theirs = sign(NEXT, visitor().singleUse().build());
        assertRejected(verify(ring, OPTIONS, theirs, NOON), Step.KEY, "code.wrong-issuer");
        VerificationOptions both = OPTIONS.withTenants(Set.of(KeyScope.HOUSE, "acme"));
        assertThat(verify(ring, both, theirs, NOON))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(verified.tenant()).isEqualTo("acme"));
        VerificationOptions only = OPTIONS.withTenants(Set.of("acme"));
        assertRejected(verify(ring, only, sign(KEY, visitor().build()), NOON), Step.KEY, "code.wrong-issuer");
    }

    @Test
    void takesNobodyOfAnotherTenantForOneOfTheHouse() {
        KeyRing ring = KeyRing.of(NEXT.issuerKey(new KeyScope("acme", KeyUse.ALL_PASSES)));
        PassVerifier verifier = PassVerifier.create(() -> ring, OPTIONS.withTenants(Set.of("acme")));
        CodeEvidence shown =
                CodeEvidence.ofText(sign(NEXT, visitor().singleUse().build()), NOON, "s");
        assertThat(PassIdentifier.create(verifier).identify(shown, Fixtures.entering(Fixtures.FRONT, NOON)))
                .isInstanceOfSatisfying(
                        Identity.Unknown.class,
                        unknown -> assertThat(unknown.reason().code()).isEqualTo("code.unknown-holder"));
        PassIdentifier mapped = PassIdentifier.create(
                verifier,
                verified -> Optional.of(io.gatehouse.core.identity.PersonId.of(
                        verified.tenant() + "-" + verified.pass().holder().value())));
        assertThat(mapped.identify(shown, Fixtures.entering(Fixtures.FRONT, NOON)))
                .isInstanceOfSatisfying(Identity.Known.class, known -> {
                    assertThat(known.person().value()).isEqualTo("acme-104217");
                    assertThat(known.redemption().orElseThrow().value()).isEqualTo("acme/a1a2a3a4a5a6a7a8");
                });
    }

    @Test
    void findsTheKeyToSignWith() {
        KeyRing ring = Fixtures.RING.with(NEXT.issuerKey().activeFrom(NOON));
        assertThat(ring.signing("", KeyUse.VISITOR_PASSES, NOON.minusSeconds(1)))
                .map(IssuerKey::id)
                .contains(KEY.id());
        assertThat(ring.signing("", KeyUse.VISITOR_PASSES, NOON))
                .map(IssuerKey::id)
                .contains(NEXT.id());
        assertThat(ring.withRetired(NEXT.id()).signing("", KeyUse.VISITOR_PASSES, NOON))
                .map(IssuerKey::id)
                .contains(KEY.id());
        assertThat(ring.signing("", KeyUse.BUNDLES, NOON)).isEmpty();
        assertThat(ring.signing("acme", KeyUse.VISITOR_PASSES, NOON)).isEmpty();
    }

    /**
     * A key's whole life in hours: the gates get each ring an hour after the issuer has it, passes live four hours, and at
     * every hour every pass that has not expired is taken by both an up-to-date gate and one that is an hour behind.
     */
    @Test
    void rollsAKeyWithoutRefusingAValidPass() {
        KeyRing old = KeyRing.of(KEY.issuerKey());
        KeyRing published = old.with(NEXT.issuerKey().activeFrom(NINE.plus(Duration.ofHours(3))));
        KeyRing retired = published.withRetired(KEY.id());
        List<Issued> passes = new ArrayList<>();
        KeyRing behind = old;
        for (int hour = 0; hour < 12; hour++) {
            Instant now = NINE.plus(Duration.ofHours(hour));
            KeyRing current = hour < 1 ? old : hour < 5 ? published : retired;
            IssuerKey with = current.signing("", KeyUse.VISITOR_PASSES, now).orElseThrow();
            assertThat(with.id()).isEqualTo(hour < 3 ? KEY.id() : NEXT.id());
            SigningKey key = with.id().equals(KEY.id()) ? KEY : NEXT;
            Instant until = now.plus(Duration.ofHours(4));
            Pass pass =
                    visitor().valid(now, until).onlyAt(PortalId.of("h" + hour)).build();
            passes.add(new Issued(
                    PassIssuer.create(key, () -> current, () -> now).issue(pass).text(), until));
            for (Issued issued : passes) {
                for (KeyRing gate : List.of(behind, current)) {
                    Verification verification = verify(gate, OPTIONS.withSkew(Duration.ZERO), issued.text, now);
                    assertThat(verification instanceof Verified).isEqualTo(now.isBefore(issued.until));
                }
            }
            behind = current;
        }
    }

    private record Issued(String text, Instant until) {}

    @Test
    void refusesScopesThatSayNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyScope("", Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyScope.of("Acme", KeyUse.BUNDLES));
    }
}
