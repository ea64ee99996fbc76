package io.gatehouse.devices.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.card.CardIdentifier;
import io.gatehouse.devices.card.CardKey;
import io.gatehouse.devices.card.CardRegister;
import io.gatehouse.devices.door.RelayDoor;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.modbus.RelayBoard;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import io.gatehouse.devices.sim.SimulatedWiegandReader;
import io.gatehouse.devices.sim.TapEntry;
import io.gatehouse.devices.wiegand.CardFormats;
import io.gatehouse.devices.wiegand.WiegandReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A card on one link moves a relay on another, and the relay's bytes can be seen. */
class CardToDoorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));
    private static final Portal FRONT =
            new Portal(PortalId.of("front"), "Front door", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));

    @Test
    void aKnownCardMovesTheRelayAndAnUnknownOneDoesNot() throws Exception {
        Links links = Links.create();
        List<TapEntry> seen = new CopyOnWriteArrayList<>();
        ManualScheduler scheduler = new ManualScheduler();
        CardIdentifier cards =
                CardIdentifier.create(CardRegister.of(Map.of(new CardKey("H10301", 123, 4567), PersonId.of("anna"))));
        try (Link bus = LinkTap.on(links.open("mem:bus"), CLOCK, seen::add);
                SimulatedRelayBoard board = SimulatedRelayBoard.open(links.open("mem:bus"), 1, 2, CLOCK)) {
            board.force(0, true);
            RelayBoard relays = RelayBoard.create(
                    ModbusMaster.create(bus, new ModbusOptions(Duration.ofSeconds(30), Duration.ZERO)), 1, 2);
            RelayDoor door = RelayDoor.builder("front", relays.relay(0), scheduler)
                    .unlockTime(Duration.ofSeconds(3))
                    .build();
            assertThat(board.isOn(0))
                    .as("what a killed process left open is locked")
                    .isFalse();

            List<Identity> presented = new CopyOnWriteArrayList<>();
            WiegandReader.Builder builder = WiegandReader.builder(links.open("mem:reader"), CardFormats.H10301, "front")
                    .clock(CLOCK)
                    .onReading(reading -> presented.add(reading.fold(
                            read -> open(cards.identify(read.evidence(), checkpost()), door),
                            key -> new Identity.Unknown(Method.CARD, Reason.of("test.key", "There is no keypad.")),
                            unreadable -> new Identity.Unknown(Method.CARD, unreadable.reason()))));
            try (WiegandReader reader = builder.open();
                    SimulatedWiegandReader hand = SimulatedWiegandReader.on(links.open("mem:reader"))) {
                assertThat(reader).isNotNull();
                hand.present(CardFormats.H10301, 123, 9999);
                Awaitility.await().until(() -> presented.size() == 1);
                assertThat(board.isOn(0)).isFalse();

                hand.present(CardFormats.H10301, 123, 4567);
                Awaitility.await().until(() -> presented.size() == 2);
                assertThat(board.isOn(0)).isTrue();
                scheduler.advance(Duration.ofSeconds(3));
                assertThat(board.isOn(0)).isFalse();
            }
        }
        assertThat(seen)
                .extracting(TapEntry::toString)
                .containsExactly(
                        "2026-11-22T08:00:00Z out 01 05 00 00 00 00 CD CA",
                        "2026-11-22T08:00:00Z in 01 05 00 00 00 00 CD CA",
                        "2026-11-22T08:00:00Z out 01 05 00 00 FF 00 8C 3A",
                        "2026-11-22T08:00:00Z in 01 05 00 00 FF 00 8C 3A",
                        "2026-11-22T08:00:00Z out 01 05 00 00 00 00 CD CA",
                        "2026-11-22T08:00:00Z in 01 05 00 00 00 00 CD CA");
    }

    private static Checkpost checkpost() {
        return new Checkpost(FRONT, Direction.ENTRY, CLOCK.instant());
    }

    private static Identity open(Identity identity, RelayDoor door) {
        if (identity instanceof Identity.Known) {
            assertThat(door.open().isDone()).isTrue();
        }
        return identity;
    }
}
