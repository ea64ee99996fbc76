package io.gatehouse.codes.bundle;

import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.token.PassIdentifier;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.VerificationOptions;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.gate.Identifier;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.reason.Reason;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells a gate whose pass was shown, by what its bundle says at that moment: keys, status lists and zone table. Where the
 * gate cannot go by one of these it says so, instead of that the pass was bad. Thread-safe.
 */
public final class BundleIdentifier implements Identifier<CodeEvidence> {
    private final GateBundle bundle;
    private final Identifier<CodeEvidence> passes;

    private BundleIdentifier(GateBundle bundle, Identifier<CodeEvidence> passes) {
        this.bundle = bundle;
        this.passes = passes;
    }

    /**
     * An identifier of passes by a gate's bundle.
     *
     * @param options whose keys, zone table and statuses the bundle's take the place of
     * @param clock   the gate's
     * @param passes  makes the identifier of the verifier, for example {@link PassIdentifier#create(PassVerifier)}
     */
    public static BundleIdentifier create(
            GateBundle bundle,
            VerificationOptions options,
            InstantSource clock,
            Function<PassVerifier, ? extends Identifier<CodeEvidence>> passes) {
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(clock, "clock");
        PassVerifier verifier = PassVerifier.create(
                () -> bundle.keys(clock.instant()).value().orElseGet(KeyRing::of),
                options.withZoneTable(() -> bundle.zones(clock.instant()).value())
                        .withStatuses(bundle.statusLists()));
        return new BundleIdentifier(bundle, passes.apply(verifier));
    }

    @Override
    public Identity identify(CodeEvidence evidence, Checkpost checkpost) {
        Optional<Reason> noKeys = bundle.keys(checkpost.at()).whyNot();
        if (noKeys.isPresent()) {
            return new Identity.Unknown(Method.CODE, noKeys.get());
        }
        return passes.identify(evidence, checkpost)
                .fold(
                        known -> known,
                        unknown -> new Identity.Unknown(unknown.method(), why(unknown.reason(), checkpost)),
                        ambiguous -> ambiguous);
    }

    private Reason why(Reason reason, Checkpost checkpost) {
        return reason.code().equals("code.unknown-zone")
                ? bundle.zones(checkpost.at()).whyNot().orElse(reason)
                : reason;
    }
}
