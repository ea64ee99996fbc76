package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.NINE;
import static io.gatehouse.codes.token.Fixtures.RING;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.symbol.ErrorCorrection;
import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.core.place.PortalId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How large passes are, over many that a site could issue. */
class PassSizesTest {
    private static final int COUNT = 4_000;
    private static final QrWriter WRITER = QrWriter.create(new QrOptions(ErrorCorrection.M, 4, 4));

    /** As a site issues them: a place in a status list as the id, zones, a number or a short name, some bound to a gate. */
    @Test
    void ordinaryPassesHave116BytesAtMost() {
        long seed = 116;
        Random random = new Random(seed);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Pass pass = ordinary(random).build();
            byte[] token =
                    PassIssuer.create(KEY, () -> RING, () -> NINE).issue(pass).token();
            assertThat(token).as("%s, seed %d", pass, seed).hasSizeLessThanOrEqualTo(116);
            sizes.add(token.length);
        }
        report("ordinary, seed " + seed, sizes);
        assertThat(median(sizes)).isLessThanOrEqualTo(369 / 3);
    }

    /** With whatever else there is, so that it can be said what it costs. */
    @Test
    void saysWhatTheRestCosts() {
        long seed = 117;
        Random random = new Random(seed);
        SigningKey phone = SigningKey.of(KeyId.of(1), new byte[32]);
        HolderKey key = HolderKey.of(KeyKind.ED25519, phone.issuerKey().publicKey());
        List<Integer> bound = new ArrayList<>();
        List<Integer> told = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < COUNT / 10; i++) {
            Pass.Builder plain = ordinary(random);
            bound.add(size(
                    plain.onlyAt(PortalId.of("gate-" + random.nextInt(100))).build()));
            told.add(size(ordinary(random, PassId.random(random)).build()));
            held.add(size(ordinary(random).holderKey(key).build()));
        }
        report("bound to a gate", bound);
        report("random id, status written out", told);
        report("holder's key", held);
        assertThat(median(bound)).isLessThanOrEqualTo(123);
        assertThat(median(told)).isLessThanOrEqualTo(124);
        assertThat(median(held)).isLessThanOrEqualTo(158);
    }

    private static int size(Pass pass) {
        return PassIssuer.create(KEY, () -> RING, () -> NINE).issue(pass).token().length;
    }

    private static Pass.Builder ordinary(Random random) {
        StatusReference place = place(random);
        return fill(Pass.builder(place, type(random), holder(random)), random);
    }

    private static Pass.Builder ordinary(Random random, PassId id) {
        return fill(Pass.builder(id, type(random), holder(random)).status(place(random)), random);
    }

    private static StatusReference place(Random random) {
        return StatusReference.of(random.nextInt(40), random.nextInt(1 << 20));
    }

    private static PassType type(Random random) {
        List<PassType> types = List.of(PassType.values());
        return types.get(random.nextInt(types.size()));
    }

    /** Staff and booking numbers of 3 to 9 digits, and short names such as E104217. */
    private static HolderReference holder(Random random) {
        int digits = 3 + random.nextInt(7);
        return random.nextInt(5) == 0
                ? HolderReference.of("E" + (100_000 + random.nextInt(900_000)))
                : HolderReference.of(Integer.toString(1 + random.nextInt((int) Math.pow(10, digits) - 1)));
    }

    /** Up to four zones of the site's first 8, or of 32 where the holder is a number; a day to four years. */
    private static Pass.Builder fill(Pass.Builder pass, Random random) {
        Instant from = NINE.plus(Duration.ofMinutes(random.nextInt(500_000)));
        Pass.Builder valid = pass.valid(from, from.plus(Duration.ofHours(8 + random.nextInt(35_000))));
        boolean isNumber = Character.isDigit(valid.build().holder().value().charAt(0));
        Collection<Integer> bits = new TreeSet<>();
        for (int zone = 1 + random.nextInt(4); zone > 0; zone--) {
            bits.add(random.nextInt(isNumber ? 32 : 8));
        }
        if (random.nextInt(3) == 0) {
            valid.singleUse();
        }
        return valid.zones(ZoneGrant.of(1 + random.nextInt(23), bits));
    }

    private static int median(List<Integer> sizes) {
        return sizes.stream().sorted().skip(sizes.size() / 2).findFirst().orElseThrow();
    }

    private static void report(String what, List<Integer> sizes) {
        List<Integer> sorted = sizes.stream().sorted().toList();
        int last = sorted.get(sorted.size() - 1);
        String text = "GH1:" + "A".repeat((last * 3 + 1) / 2);
        System.out.printf(
                "%s: %d passes, bytes least %d, 5 %% %d, median %d, 95 %% %d, most %d (QR version %d-M)%n",
                what,
                sorted.size(),
                sorted.get(0),
                sorted.get(sorted.size() / 20),
                median(sizes),
                sorted.get(sorted.size() * 19 / 20),
                last,
                WRITER.write(text).version());
    }
}
