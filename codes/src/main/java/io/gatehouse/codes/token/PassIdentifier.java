package io.gatehouse.codes.token;

import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.token.Verification.Verified;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.gate.Identifier;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells a gate whose pass was shown: verified for the gate's portal, direction and time, then mapped to the person that
 * the holder reference names. A signature is not a matter of degree, so the score is infinite. A single-use pass carries
 * its redemption key: the {@code cti} in hex, behind the tenant's name if it is another's. Thread-safe; a bad code is an
 * unknown identity with a reason.
 */
public final class PassIdentifier implements Identifier<CodeEvidence> {
    private final Verification.Verifier verifier;
    private final Function<Verified, Optional<PersonId>> holders;

    private PassIdentifier(Verification.Verifier verifier, Function<Verified, Optional<PersonId>> holders) {
        this.verifier = Objects.requireNonNull(verifier, "verifier");
        this.holders = Objects.requireNonNull(holders, "holders");
    }

    /** For passes whose holder only the site can look up, by the tenant whose pass it is and the reference on it. */
    public static PassIdentifier create(
            Verification.Verifier verifier, Function<Verified, Optional<PersonId>> holders) {
        return new PassIdentifier(verifier, holders);
    }

    /** For passes of the house itself, whose holder reference is the person's id; another tenant's holders are unknown. */
    public static PassIdentifier create(Verification.Verifier verifier) {
        return new PassIdentifier(verifier, PassIdentifier::ownPerson);
    }

    /** Another tenant could write any of our numbers on its passes. */
    private static Optional<PersonId> ownPerson(Verified verified) {
        return verified.tenant().equals(KeyScope.HOUSE)
                ? Optional.of(PersonId.of(verified.pass().holder().value()))
                : Optional.empty();
    }

    @Override
    public Identity identify(CodeEvidence evidence, Checkpost checkpost) {
        return verifier.verify(evidence.payload(), Presentation.at(checkpost))
                .fold(this::identify, rejected -> unknown(rejected.reason()));
    }

    private Identity identify(Verified verified) {
        return holders.apply(verified)
                .<Identity>map(person ->
                        new Identity.Known(person, Method.CODE, Double.POSITIVE_INFINITY, redemptionOf(verified)))
                .orElseGet(() -> unknown(Reason.of(
                        "code.unknown-holder", "Nobody here is known under what this pass says: ask the guard.")));
    }

    /** The use is remembered as long as any gate could still take the pass. */
    private Optional<RedemptionKey> redemptionOf(Verified verified) {
        Pass pass = verified.pass();
        String tenant = verified.tenant().isEmpty() ? "" : verified.tenant() + "/";
        return pass.singleUse()
                ? Optional.of(new RedemptionKey(
                        tenant + pass.id(),
                        pass.expiresAt().plus(verifier.skew()),
                        pass.type().kind(),
                        pass.boundGate()))
                : Optional.empty();
    }

    private static Identity unknown(Reason reason) {
        return new Identity.Unknown(Method.CODE, reason);
    }
}
