package io.gatehouse.codes.redeem;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.GateBuilder;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Gates whose codes name their redemption key, for tests of single use. */
final class GateSide {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private GateSide() {}

    static Evidence code(String key) {
        return CodeEvidence.ofText(key, NOON, "scanner");
    }

    static RedemptionKey key(String value) {
        return new RedemptionKey(value, NOON.plusSeconds(3_600));
    }

    static GateBuilder gate(String portal, Redemptions redemptions, Supplier<Actuation> door) {
        return Gate.builder(
                        new Portal(PortalId.of(portal), portal, PortalKind.GATE, ZoneCode.OUTSIDE, ZoneCode.of("hall")),
                        Direction.ENTRY)
                .codes((evidence, checkpost) -> new Identity.Known(
                        PersonId.of("anna"), Method.CODE, Double.POSITIVE_INFINITY, Optional.of(key(evidence.text()))))
                .decider(request -> Decision.Granted.by("tickets"))
                .redemptions(redemptions)
                .driver(new Door(door))
                .ledger(event -> {})
                .clock(InstantSource.fixed(NOON));
    }

    private record Door(Supplier<Actuation> answer) implements PortalDriver {
        @Override
        public Actuation open() {
            return answer.get();
        }

        @Override
        public Actuation release() {
            return answer.get();
        }

        @Override
        public Actuation reset() {
            return answer.get();
        }
    }
}
