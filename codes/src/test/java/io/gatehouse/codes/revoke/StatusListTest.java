package io.gatehouse.codes.revoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.codes.internal.cbor.CborException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusListTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    @DisplayName("the bits are ordered as in the examples of the Token Status List, §4.1 and 4.2")
    void hasTheBytesOfTheDraftsExamples() throws Exception {
        int[] ones = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
        Map<Integer, PassStatus> statuses = new TreeMap<>();
        for (int index = 0; index < ones.length; index++) {
            statuses.put(index, PassStatus.ofNumber(ones[index]));
        }
        StatusList one = StatusList.empty(7, 1, ones.length).with(1, statuses);
        assertThat(one.bytes()).isEqualTo(HEX.parseHex("b9a3"));
        assertThat(Deflated.inflate(HEX.parseHex("78dadbb918000217015d"), 2)).isEqualTo(one.bytes());
    }

    @Test
    @DisplayName("with 2 bits the first place is in the two lowest bits, and the draft's own fourth number is refused")
    void hasTwoBitsAPlace() throws Exception {
        Map<Integer, PassStatus> statuses =
                Map.of(0, PassStatus.REVOKED, 1, PassStatus.SUSPENDED, 5, PassStatus.REVOKED, 7, PassStatus.REVOKED);
        StatusList two = StatusList.empty(7, 2, 8).with(1, statuses);
        assertThat(two.bytes()).isEqualTo(HEX.parseHex("0944"));
        assertThat(two.statusOf(1)).isEqualTo(PassStatus.SUSPENDED);
        assertThat(two.statusOf(2)).isEqualTo(PassStatus.VALID);
        // The draft's example of 12 places has the number 3 in places 3, 10 and 11.
        byte[] draft = Deflated.inflate(HEX.parseHex("78da3be9f2130003df0207"), 3);
        assertThat(draft).isEqualTo(HEX.parseHex("c944f9"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StatusList.of(7, 1, 2, 12, draft))
                .withMessageContaining("number 3");
    }

    @Test
    @DisplayName("a million passes take at most 130 kB, with suspension 250 kB, before compression")
    void aMillionPassesAreSmallEnoughForAGate() {
        assertThat(StatusList.empty(0, 1, 1_000_000).bytes()).hasSizeLessThanOrEqualTo(130_000);
        assertThat(StatusList.empty(0, 2, 1_000_000).bytes()).hasSizeLessThanOrEqualTo(250_000);
    }

    @Test
    void refusesBytesThatSayMoreThanItsPlacesOrAreNotSoMany() {
        assertThatIllegalArgumentException().isThrownBy(() -> StatusList.of(0, 0, 1, 9, new byte[] {0, 2}));
        assertThatIllegalArgumentException().isThrownBy(() -> StatusList.of(0, 0, 1, 9, new byte[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> StatusList.of(0, 0, 3, 9, new byte[4]));
        assertThatIllegalArgumentException().isThrownBy(() -> StatusList.of(65_536, 0, 1, 8, new byte[1]));
        assertThatIllegalArgumentException().isThrownBy(() -> StatusList.of(0, -1, 1, 8, new byte[1]));
        assertThatIllegalArgumentException().isThrownBy(() -> StatusList.of(0, 0, 1, 0, new byte[0]));
        StatusList list = StatusList.empty(0, 1, 9);
        assertThatIllegalArgumentException().isThrownBy(() -> list.with(0, Map.of(1, PassStatus.REVOKED)));
        assertThatIllegalArgumentException().isThrownBy(() -> list.with(1, Map.of(1, PassStatus.SUSPENDED)));
        assertThatThrownBy(() -> list.statusOf(9)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void isTheSameAsAPlainListOfNumbersWhateverChanges() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("StatusListTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            int bits = 1 + random.nextInt(2);
            int size = 1 + random.nextInt(300);
            List<PassStatus> plain = new ArrayList<>();
            for (int index = 0; index < size; index++) {
                plain.add(PassStatus.VALID);
            }
            StatusList list = StatusList.empty(1, bits, size);
            for (int version = 1; version < 6; version++) {
                Map<Integer, PassStatus> changes = new TreeMap<>();
                for (int change = random.nextInt(size + 1); change > 0; change--) {
                    changes.put(random.nextInt(size), PassStatus.ofNumber(random.nextInt(bits + 1)));
                }
                StatusList later = list.with(version, changes);
                changes.forEach(plain::set);
                for (int index = 0; index < size; index++) {
                    assertThat(later.statusOf(index)).isEqualTo(plain.get(index));
                }
                Map<Integer, PassStatus> found = list.changesTo(later);
                assertThat(list.with(version, found)).isEqualTo(later);
                assertThat(ChangeCodec.decode(ChangeCodec.encode(found), bits, size))
                        .isEqualTo(found);
                assertThat(StatusList.of(1, version, bits, size, later.bytes())).isEqualTo(later);
                list = later;
            }
        }
    }

    @Test
    void inflatesNoMoreThanIsAllowed() {
        byte[] bomb = Deflated.deflate(new byte[50_000_000]);
        assertThat(bomb).hasSizeLessThan(60_000);
        assertThatThrownBy(() -> Deflated.inflate(bomb, 125_000))
                .isInstanceOf(CborException.class)
                .hasMessageContaining("125000");
        byte[] longer = Arrays.copyOf(Deflated.deflate(new byte[9]), 30);
        assertThatThrownBy(() -> Deflated.inflate(longer, 9)).isInstanceOf(CborException.class);
        byte[] shorter = Arrays.copyOf(Deflated.deflate(new byte[9]), 5);
        assertThatThrownBy(() -> Deflated.inflate(shorter, 9)).isInstanceOf(CborException.class);
    }

    @Test
    void refusesChangesWithASecondEncodingOrBeyondTheList() {
        for (String changes : List.of("81", "8100", "ffffffff01", "03", "29")) {
            assertThatThrownBy(() -> ChangeCodec.decode(HEX.parseHex(changes), 2, 10))
                    .as(changes)
                    .isInstanceOf(CborException.class);
        }
        assertThatThrownBy(() -> ChangeCodec.decode(HEX.parseHex("02"), 1, 10)).isInstanceOf(CborException.class);
    }
}
