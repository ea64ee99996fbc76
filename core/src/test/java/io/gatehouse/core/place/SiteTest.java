package io.gatehouse.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final Zone HALL = Zone.of("hall", "Hall");
    private static final Zone LAB = new Zone(ZoneCode.of("lab"), "Lab", Optional.of(HALL.code()));
    private static final Portal NORTH = portal("north", ZoneCode.OUTSIDE, HALL.code());

    private static Portal portal(String id, ZoneCode outer, ZoneCode inner) {
        return new Portal(PortalId.of(id), "A door", PortalKind.DOOR, outer, inner);
    }

    @Test
    void findsItsParts() {
        Site site = new Site("Works", UTC, List.of(HALL, LAB), List.of(NORTH));
        assertThat(site.portal(PortalId.of("north"))).hasValue(NORTH);
        assertThat(site.portal(PortalId.of("south"))).isEmpty();
        assertThat(site.zone(ZoneCode.of("lab"))).hasValue(LAB);
        assertThat(site.contains(HALL.code(), LAB.code())).isTrue();
        assertThat(site.contains(LAB.code(), HALL.code())).isFalse();
        assertThat(site.contains(LAB.code(), LAB.code())).isTrue();
        assertThat(NORTH.destination(Direction.ENTRY)).isEqualTo(HALL.code());
        assertThat(NORTH.destination(Direction.EXIT)).isEqualTo(ZoneCode.OUTSIDE);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertRefused("twice", List.of(HALL, Zone.of("hall", "Other")), List.of());
        assertRefused("twice", List.of(HALL), List.of(NORTH, NORTH));
        assertRefused("not a zone", List.of(LAB), List.of());
        assertRefused("not a zone", List.of(HALL), List.of(portal("east", HALL.code(), ZoneCode.of("roof"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Site(" ", UTC, List.of(HALL), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> portal("east", HALL.code(), HALL.code()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Zone(HALL.code(), "Hall", Optional.of(HALL.code())));
    }

    @Test
    void refusesZonesThatLieInEachOther() {
        Zone a = new Zone(ZoneCode.of("a"), "A", Optional.of(ZoneCode.of("b")));
        Zone b = new Zone(ZoneCode.of("b"), "B", Optional.of(ZoneCode.of("c")));
        Zone c = new Zone(ZoneCode.of("c"), "C", Optional.of(ZoneCode.of("a")));
        assertRefused("circle", List.of(a, b, c), List.of());
    }

    private static void assertRefused(String words, List<Zone> zones, List<Portal> portals) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Site("Works", UTC, zones, portals))
                .withMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "North", "-north", "ünder", "a b", "a/b", "a'b"})
    void refusesIdsThatAreNotPlain(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> PortalId.of(id));
        assertThatIllegalArgumentException().isThrownBy(() -> ZoneCode.of(id));
    }

    @Test
    void takesIdsUpToTheirLimit() {
        assertThat(PortalId.of("a".repeat(64))).hasToString("a".repeat(64));
        assertThatIllegalArgumentException().isThrownBy(() -> PortalId.of("a".repeat(65)));
    }
}
