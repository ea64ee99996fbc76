package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.LAB;
import static io.gatehouse.codes.token.Fixtures.LOBBY;
import static io.gatehouse.codes.token.Fixtures.ZONES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.place.ZoneCode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZoneTableTest {
    private static final ZoneCode ROOF = ZoneCode.of("roof");

    @Test
    void givesANewZoneABitThatWasNeverUsed() {
        ZoneTable table = ZONES.without(LOBBY).with(ROOF);
        assertThat(table.version()).isEqualTo(3);
        assertThat(table.bitOf(LOBBY)).isEmpty();
        assertThat(table.bitOf(LAB)).hasValue(1);
        assertThat(table.bitOf(ROOF)).hasValue(2);
        assertThat(table.grant(LAB, ROOF)).isEqualTo(new ZoneGrant(3, List.of(1, 2)));
    }

    @Test
    void refusesAWithdrawnZoneOnAnotherBit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZONES.without(LOBBY).with(LOBBY))
                .withMessageContaining("was withdrawn and keeps its bit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZONES.with(LAB))
                .withMessageContaining("has a bit already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ZoneTable(3, List.of(LOBBY, LAB, LOBBY), Set.of()))
                .withMessageContaining("two bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ZoneTable(3, List.of(LOBBY), Set.of(LAB)))
                .withMessageContaining("never had a bit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZONES.without(LOBBY).without(LOBBY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZONES.without(LOBBY).grant(LOBBY));
    }

    @Test
    void comesAfterATableOnlyIfEveryBitKeepsItsMeaning() {
        ZoneTable newer = ZONES.with(ROOF).without(LOBBY);
        assertThat(newer.whyNotAfter(ZONES)).isEmpty();
        assertThat(ZONES.whyNotAfter(ZONES)).isEmpty();
        assertThat(ZONES.whyNotAfter(newer))
                .hasValueSatisfying(why -> assertThat(why).contains("does not come after 3"));
        assertThat(new ZoneTable(1, List.of(LAB, LOBBY), Set.of()).whyNotAfter(ZONES))
                .isPresent();
        for (ZoneTable changed : List.of(
                new ZoneTable(9, List.of(LAB, LOBBY), Set.of()),
                new ZoneTable(9, List.of(LOBBY), Set.of()),
                new ZoneTable(9, List.of(ROOF, LAB), Set.of()))) {
            assertThat(changed.whyNotAfter(ZONES))
                    .hasValueSatisfying(why -> assertThat(why).contains("another meaning"));
        }
        assertThat(new ZoneTable(9, List.of(LOBBY, LAB, ROOF), Set.of()).whyNotAfter(newer))
                .hasValueSatisfying(why -> assertThat(why).contains("another meaning"));
    }

    @Test
    void hasAtMost256Bits() {
        List<ZoneCode> zones =
                IntStream.range(0, 257).mapToObj(i -> ZoneCode.of("z" + i)).toList();
        ZoneTable full = new ZoneTable(1, zones.subList(0, 256), Set.of());
        assertThatIllegalArgumentException().isThrownBy(() -> full.with(zones.get(256)));
    }
}
