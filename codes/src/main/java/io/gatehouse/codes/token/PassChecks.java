package io.gatehouse.codes.token;

import io.gatehouse.codes.token.Verification.Rejected;
import io.gatehouse.codes.token.Verification.Step;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is asked of every genuine pass, however it was shown: whether it is valid here and now. Thread-safe. */
final class PassChecks {
    private final VerificationOptions options;
    private final List<NamedStep> steps = List.of(
            new NamedStep(Step.VALIDITY, this::checkValidity),
            new NamedStep(Step.TYPE, this::checkType),
            new NamedStep(Step.ZONE, this::checkZone),
            new NamedStep(Step.GATE, this::checkGate),
            new NamedStep(Step.REVOCATION, this::checkStatus));

    PassChecks(VerificationOptions options) {
        this.options = options;
    }

    Optional<Rejected> examine(Pass pass, Presentation presentation) {
        for (NamedStep step : steps) {
            Optional<Reason> refusal = step.check.examine(pass, presentation);
            if (refusal.isPresent()) {
                return Optional.of(new Rejected(step.name, refusal.get()));
            }
        }
        return Optional.empty();
    }

    /** From {@code nbf} on and before {@code exp} (RFC 8392 §3.1.4 and 3.1.5), give or take the skew. */
    private Optional<Reason> checkValidity(Pass pass, Presentation presentation) {
        if (presentation.at().isBefore(pass.notBefore().minus(options.skew()))) {
            return Optional.of(
                    Reason.format("code.not-yet-valid", "This pass is valid from %s: come then.", pass.notBefore()));
        }
        return presentation.at().isBefore(pass.expiresAt().plus(options.skew()))
                ? Optional.empty()
                : Optional.of(
                        Reason.format("code.expired", "This pass expired at %s: ask for a new one.", pass.expiresAt()));
    }

    private Optional<Reason> checkType(Pass pass, Presentation presentation) {
        return options.types().contains(pass.type())
                ? Optional.empty()
                : Optional.of(Reason.format(
                        "code.wrong-type", "A pass of type %s is not taken here: show another.", pass.type()));
    }

    /** Nobody is kept in: the way outside is open to every valid pass. */
    private Optional<Reason> checkZone(Pass pass, Presentation presentation) {
        Optional<ZoneCode> into = presentation.into().filter(zone -> !zone.equals(ZoneCode.OUTSIDE));
        if (pass.zones().isEmpty() || into.isEmpty()) {
            return Optional.empty();
        }
        ZoneCode zone = into.get();
        OptionalInt bit =
                options.zoneTable().get().map(table -> table.bitOf(zone)).orElse(OptionalInt.empty());
        if (bit.isEmpty()) {
            return Optional.of(Reason.format(
                    "code.unknown-zone",
                    "This gate's zone table has no %s: it needs a newer one, ask the guard.",
                    zone));
        }
        return pass.zones().get().bits().contains(bit.getAsInt())
                ? Optional.empty()
                : Optional.of(Reason.format("code.wrong-zone", "This pass is not for %s: ask your host.", zone));
    }

    private Optional<Reason> checkGate(Pass pass, Presentation presentation) {
        return pass.boundGate()
                .filter(bound -> !presentation.portal().map(bound::equals).orElse(true))
                .map(bound -> Reason.format("code.wrong-gate", "This pass is only for %s: go there.", bound));
    }

    private Optional<Reason> checkStatus(Pass pass, Presentation presentation) {
        return pass.status().flatMap(status -> options.statuses().whyNot(status, presentation.at()));
    }

    private record NamedStep(Step name, Check check) {}

    @FunctionalInterface
    private interface Check {
        Optional<Reason> examine(Pass pass, Presentation presentation);
    }
}
