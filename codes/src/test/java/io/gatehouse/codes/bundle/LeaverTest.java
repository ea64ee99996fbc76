package io.gatehouse.codes.bundle;

import static io.gatehouse.codes.bundle.Bundles.BUNDLES;
import static io.gatehouse.codes.bundle.Bundles.LISTS;
import static io.gatehouse.codes.bundle.Bundles.PASSES;
import static io.gatehouse.codes.bundle.Bundles.RING;
import static io.gatehouse.codes.bundle.HouseSide.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.bundle.HouseSide.Door;
import io.gatehouse.codes.revoke.StatusPublisher;
import io.gatehouse.codes.token.StatusReference;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaverTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ENT-8 a leaver is refused at every gate on line at once, and off line within the age of the gate's list")
    void isRefusedOnLineAtOnceAndOffLineWithinTheListsAge() throws Exception {
        try (HouseSide house = new HouseSide(folder)) {
            Door north = house.door("north");
            Door south = house.door("south");
            Door cellar = house.door("cellar");
            StatusReference place = house.register.allocate(LIST);
            String leaver = house.issue(PASSES, RING, place);
            String colleague = house.issue(PASSES, RING, house.register.allocate(LIST));
            byte[] morning = house.bundle(RING, LISTS, BundleSigner.create(BUNDLES));
            StatusPublisher publisher = house.publisher(LISTS);
            for (Door door : new Door[] {north, south, cellar}) {
                assertThat(door.take(morning)).isEqualTo("taken");
                assertThat(door.show(leaver)).isEqualTo("in");
            }
            publisher.subscribe(north::takeList);
            publisher.subscribe(signed -> {
                throw new IOException("no line to the cellar");
            });
            publisher.subscribe(south::takeList);

            house.at("08:15:00");
            publisher.revoke(place);
            assertThat(north.show(leaver)).as("on line, at once").isEqualTo("code.revoked");
            assertThat(south.show(leaver))
                    .as("also behind a gate that cannot be reached")
                    .isEqualTo("code.revoked");
            assertThat(north.show(colleague)).isEqualTo("in");

            assertThat(cellar.show(leaver)).as("off line").isEqualTo("in");
            house.at("09:00:00");
            assertThat(cellar.show(leaver)).as("the last moment of its list").isEqualTo("in");
            house.at("09:00:01");
            assertThat(cellar.show(leaver)).isEqualTo("status.too-old");
            assertThat(cellar.show(colleague)).as("nobody else either").isEqualTo("status.too-old");

            long version = cellar.bundle().statusLists().versions().getOrDefault(LIST, -1L);
            cellar.takeList(publisher.changesSince(LIST, version));
            assertThat(cellar.show(leaver)).isEqualTo("code.revoked");
            assertThat(cellar.show(colleague)).isEqualTo("in");
        }
    }
}
