package io.gatehouse.codes.bundle;

import static io.gatehouse.codes.bundle.Bundles.BUNDLES;
import static io.gatehouse.codes.bundle.Bundles.FOR_LISTS;
import static io.gatehouse.codes.bundle.Bundles.LISTS;
import static io.gatehouse.codes.bundle.Bundles.PASSES;
import static io.gatehouse.codes.bundle.Bundles.RING;
import static io.gatehouse.codes.bundle.HouseSide.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.bundle.HouseSide.Door;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.revoke.StatusList;
import io.gatehouse.codes.revoke.StatusSigner;
import io.gatehouse.codes.token.StatusReference;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks through DRILL.md by a clock of its own: what is done when a key is stolen, and from when on each gate is safe. */
class StolenKeyDrillTest {
    private static final SigningKey NEW_PASSES = Bundles.key(11);
    private static final SigningKey NEW_LISTS = Bundles.key(12);

    @TempDir
    Path folder;

    private HouseSide house;
    private final BundleSigner signer = BundleSigner.create(BUNDLES);
    private Door north;
    private Door cellar;
    private StatusReference place;
    private String staffPass;
    private byte[] morningBundle;

    @BeforeEach
    void openInTheMorning() throws Exception {
        house = new HouseSide(folder);
        north = house.door("north");
        cellar = house.door("cellar");
        place = house.register.allocate(LIST);
        staffPass = house.issue(PASSES, RING, place);
        morningBundle = house.bundle(RING, LISTS, signer);
        assertThat(north.take(morningBundle)).isEqualTo("taken");
        assertThat(cellar.take(morningBundle)).isEqualTo("taken");
        assertThat(north.show(staffPass)).isEqualTo("in");
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    @DisplayName(
            "drill, the key of passes: gates on line are safe with the next bundle, those off line when their keys are"
                    + " too old")
    void theKeyOfPassesIsStolen() throws Exception {
        house.at("10:00:00");
        String forged = house.forge(PASSES);
        assertThat(north.show(forged))
                .as("what the theft is worth until it is noticed")
                .isEqualTo("in");
        assertThat(cellar.show(forged)).isEqualTo("in");

        house.at("10:30:00");
        KeyRing ring = RING.withRevoked(PASSES.id()).with(NEW_PASSES.issuerKey());
        byte[] emergency = house.bundle(ring, LISTS, signer);
        assertThat(north.take(emergency)).isEqualTo("taken");
        assertThat(north.show(forged)).as("on line, at once").isEqualTo("code.revoked-key");
        assertThat(north.show(staffPass)).as("honest passes of that key too").isEqualTo("code.revoked-key");
        String reissued = house.issue(NEW_PASSES, ring, house.register.allocate(LIST));
        assertThat(north.show(reissued)).isEqualTo("in");
        assertThat(north.take(morningBundle)).as("the thief brings the old one").isEqualTo("bundle.went-back");

        assertThat(cellar.show(forged)).as("off line, not yet").isEqualTo("in");
        assertThat(cellar.show(reissued)).isEqualTo("code.unknown-key");
        house.at("16:00:00");
        assertThat(cellar.show(forged)).as("the last moment").isEqualTo("in");
        house.at("16:00:01");
        assertThat(cellar.show(forged)).as("off line, by age").isEqualTo("bundle.keys-too-old");

        assertThat(cellar.take(house.bundle(ring, LISTS, signer))).isEqualTo("taken");
        assertThat(cellar.show(forged)).isEqualTo("code.revoked-key");
        assertThat(cellar.show(reissued)).isEqualTo("in");
    }

    @Test
    @DisplayName("drill, the key of lists: a forged list is gone by no more with the next bundle, whatever its version")
    void theKeyOfListsIsStolen() throws Exception {
        house.at("08:10:00");
        house.publisher(LISTS).subscribe(north::takeList);
        house.publisher(LISTS).revoke(place);
        north.takeList(house.publisher(LISTS).changesSince(LIST, 0));
        assertThat(north.show(staffPass)).isEqualTo("code.revoked");

        house.at("08:20:00");
        StatusList allValid = StatusList.empty(LIST, 1, 10_000).with(Long.MAX_VALUE, Map.of());
        north.takeList(StatusSigner.create(LISTS, "", HouseSide.LIST_AGE).sign(allValid, house.now()));
        assertThat(north.show(staffPass)).as("what the theft is worth").isEqualTo("in");

        house.at("08:30:00");
        KeyRing ring = RING.withRevoked(LISTS.id()).with(NEW_LISTS.issuerKey(FOR_LISTS));
        assertThat(north.take(house.bundle(ring, NEW_LISTS, signer))).isEqualTo("taken");
        assertThat(north.show(staffPass)).as("on line, at once").isEqualTo("code.revoked");
        assertThat(north.bundle().statusLists().versions()).isEqualTo(Map.of(LIST, 1L));
        house.at("09:00:01");
        assertThat(cellar.show(staffPass)).as("off line, by age").isEqualTo("status.too-old");
    }

    @Test
    @DisplayName("drill, the key of bundles: the next one is pinned by hand at each gate")
    void theKeyOfBundlesIsStolen() throws Exception {
        SigningKey thief = Bundles.key(66);
        byte[] forged = BundleSigner.create(BUNDLES)
                .rotate(Bundles.key(67))
                .sign(Bundle.builder(Long.MAX_VALUE, house.now())
                        .keys(KeyRing.of(thief.issuerKey()), HouseSide.KEYS_AGE)
                        .build());
        assertThat(north.take(forged)).isEqualTo("taken");
        assertThat(north.show(house.forge(thief))).as("what the theft is worth").isEqualTo("in");

        SigningKey next = Bundles.key(13);
        north.bundle().pin(Bundles.pinned(next));
        assertThat(north.show(house.forge(thief))).as("at once").isEqualTo("bundle.keys-missing");
        assertThat(north.take(forged)).isEqualTo("bundle.key-change");
        assertThat(north.take(house.bundle(RING, LISTS, BundleSigner.create(next))))
                .isEqualTo("taken");
        assertThat(north.show(staffPass)).isEqualTo("in");
        assertThat(north.show(house.forge(thief))).isEqualTo("code.unknown-key");
    }
}
