package io.gatehouse.codes.rolling;

import static io.gatehouse.codes.rolling.RollingFixtures.NOON;
import static io.gatehouse.codes.rolling.RollingFixtures.OPTIONS;
import static io.gatehouse.codes.rolling.RollingFixtures.RING;
import static io.gatehouse.codes.rolling.RollingFixtures.SITE;
import static io.gatehouse.codes.rolling.RollingFixtures.holder;
import static io.gatehouse.codes.rolling.RollingFixtures.rolling;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.token.PassIdentifier;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.Verification.Verifier;
import io.gatehouse.codes.token.ZoneTable;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Decision.Denied;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A code that changes, from the phone's screen to a door that opens, at two gates of a site that share a register. */
class RollingGateTest {
    private static final ZoneTable ZONES =
            ZoneTable.of(ZoneCode.of("hall"), ZoneCode.of("store"), ZoneCode.of("roof"), ZoneCode.of("lab"));

    private final StepRegister register = new RollingFixtures.Memory();
    private final Door north = new Door();
    private final Door south = new Door();
    private final List<LedgerEvent> recorded = new ArrayList<>();
    private Instant now = NOON;

    private PassVerifier passes() {
        return PassVerifier.create(() -> RING, OPTIONS.withZoneTable(ZONES));
    }

    private Gate gate(String portal, Verifier verifier, Door door) {
        return Gate.builder(
                        new Portal(PortalId.of(portal), portal, PortalKind.GATE, ZoneCode.OUTSIDE, ZoneCode.of("hall")),
                        Direction.ENTRY)
                .codes(PassIdentifier.create(verifier))
                .decider(request -> Decision.Granted.by("staff"))
                .driver(door)
                .ledger(recorded::add)
                .clock(() -> now)
                .build();
    }

    private Passage show(Gate gate, ShownCode code) {
        return gate.present(CodeEvidence.ofText(code.text(), now, "scanner"));
    }

    @Test
    @DisplayName("ENT-6 a code that changes opens one door once; its screenshot opens none, the next code does")
    void opensOnceForEachCodeShown() {
        Verifier verifier = RollingVerifier.create(() -> List.of(SITE), passes(), register, RollingStep.STANDARD);
        opensOnce(gate("north", verifier, north), gate("south", verifier, south), rolling()::at);
    }

    @Test
    @DisplayName("ENT-6 the same with a code that the holder's phone signs")
    void opensOnceForEachCodeThatAPhoneSigns() {
        Verifier verifier = HolderVerifier.create(passes(), register, RollingStep.STANDARD);
        opensOnce(gate("north", verifier, north), gate("south", verifier, south), holder()::at);
    }

    private void opensOnce(Gate first, Gate second, Function<Instant, ShownCode> phone) {
        ShownCode shown = phone.apply(now);
        assertThat(show(first, shown).decision().isGranted()).isTrue();
        assertThat(north.opened).isEqualTo(1);

        assertThat(reasons(show(second, shown))).containsExactly("code.replayed");
        now = now.plusSeconds(60);
        assertThat(reasons(show(second, shown))).containsExactly("code.stale");
        assertThat(south.opened).isZero();

        assertThat(show(second, phone.apply(now)).decision().isGranted()).isTrue();
        assertThat(south.opened).isEqualTo(1);
        assertThat(recorded)
                .filteredOn(event -> event.person().equals(Optional.of(PersonId.of("104217"))))
                .as("who passed is on record, with what the door said")
                .hasSizeGreaterThanOrEqualTo(2);
    }

    private static List<String> reasons(Passage passage) {
        assertThat(passage.decision()).isInstanceOf(Denied.class);
        return ((Denied) passage.decision())
                .reasons().stream().map(Reason::code).toList();
    }

    private static final class Door implements PortalDriver {
        private int opened;

        @Override
        public Actuation open() {
            opened++;
            return new Actuation.Done();
        }

        @Override
        public Actuation release() {
            return new Actuation.Done();
        }

        @Override
        public Actuation reset() {
            return new Actuation.Done();
        }
    }
}
