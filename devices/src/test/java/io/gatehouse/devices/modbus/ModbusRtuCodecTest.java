package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModbusRtuCodecTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** A request of every function. */
    static final List<ModbusRequest> ONE_OF_EACH = List.of(
            new ModbusRequest.ReadCoils(1, 0, 8),
            new ModbusRequest.ReadInputs(1, 0, 9),
            new ModbusRequest.ReadRegisters(1, 0, 2),
            new ModbusRequest.WriteCoil(1, 0, true),
            new ModbusRequest.WriteRegister(1, 3, 7),
            new ModbusRequest.WriteCoils(1, 2, List.of(true, false)),
            new ModbusRequest.WriteRegisters(1, 4, List.of(1, 65_535)));

    /** Requests with the bodies of the specification's own examples (MODBUS Application Protocol V1.1b3, section 6). */
    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of(new ModbusRequest.ReadCoils(1, 0x13, 0x13), "010100130013", "010103CD6B05"),
                Arguments.of(new ModbusRequest.ReadInputs(1, 0xC4, 0x16), "010200C40016", "010203ACDB35"),
                Arguments.of(new ModbusRequest.ReadRegisters(1, 0x6B, 3), "0103006B0003", "010306022B00000064"),
                Arguments.of(new ModbusRequest.WriteCoil(1, 0xAC, true), "010500ACFF00", "010500ACFF00"),
                Arguments.of(new ModbusRequest.WriteRegister(1, 1, 3), "010600010003", "010600010003"),
                Arguments.of(
                        new ModbusRequest.WriteCoils(
                                1, 0x13, List.of(true, false, true, true, false, false, true, true, true, false)),
                        "010F0013000A02CD01",
                        "010F0013000A"),
                Arguments.of(
                        new ModbusRequest.WriteRegisters(1, 1, List.of(10, 0x102)),
                        "01100001000204000A0102",
                        "011000010002"));
    }

    @Test
    @DisplayName("computes the CRC of the catalogue's check and of published frames")
    void computesKnownChecksums() {
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Crc16.of(check, check.length)).isEqualTo(0x4B37);
        assertThat(HEX.formatHex(Crc16.append(HEX.parseHex("01050000FF00")))).isEqualTo("01050000FF008C3A");
        assertThat(HEX.formatHex(Crc16.append(HEX.parseHex("010500000000")))).isEqualTo("010500000000CDCA");
        assertThat(Crc16.holds(HEX.parseHex("01"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void encodesAndDecodesTheSpecificationsExamples(ModbusRequest request, String asked, String answered) {
        byte[] reply = Crc16.append(HEX.parseHex(answered));

        assertThat(ModbusRtuCodec.encode(request)).isEqualTo(Crc16.append(HEX.parseHex(asked)));
        assertThat(reply).hasSize(request.replyLength());
        assertThat(ModbusRtuCodec.decodeReply(request, reply)).isInstanceOf(ModbusAnswer.Replied.class);
        assertThat(ModbusSlaveCodec.decode(ModbusRtuCodec.encode(request))).contains(request);
    }

    @Test
    void readsInputsAndRegistersAsTheSpecificationDoes() {
        assertThat(ModbusRtuCodec.decodeReply(
                        new ModbusRequest.ReadRegisters(1, 0x6B, 3), Crc16.append(HEX.parseHex("010306022B00000064"))))
                .isEqualTo(new ModbusAnswer.Replied(new ModbusReply.Registers(1, List.of(0x22B, 0, 0x64))));
        ModbusAnswer inputs = ModbusRtuCodec.decodeReply(
                new ModbusRequest.ReadInputs(1, 0xC4, 0x16), Crc16.append(HEX.parseHex("010203ACDB35")));
        assertThat(inputs)
                .isInstanceOfSatisfying(
                        ModbusAnswer.Replied.class,
                        replied -> assertThat(((ModbusReply.Inputs) replied.reply()).values())
                                .hasSize(22)
                                .startsWith(false, false, true, true, false, true, false, true));
        assertThat(ModbusSlaveCodec.encodeInputs(new ModbusReply.Inputs(
                        1, ((ModbusReply.Inputs) ((ModbusAnswer.Replied) inputs).reply()).values())))
                .isEqualTo(Crc16.append(HEX.parseHex("010203ACDB35")));
        assertThat(ModbusSlaveCodec.encodeRegisters(new ModbusReply.Registers(1, List.of(0x22B, 0, 0x64))))
                .isEqualTo(Crc16.append(HEX.parseHex("010306022B00000064")));
    }

    @Test
    void readsCoilsInTheOrderOfTheSpecification() {
        ModbusAnswer answer = ModbusRtuCodec.decodeReply(
                new ModbusRequest.ReadCoils(1, 0x13, 0x13), Crc16.append(HEX.parseHex("010103CD6B05")));

        assertThat(answer)
                .isEqualTo(new ModbusAnswer.Replied(new ModbusReply.Coils(
                        1,
                        Stream.of(1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1)
                                .map(bit -> bit == 1)
                                .toList())));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void believesNoTruncatedOrFlippedReply(ModbusRequest request, String asked, String answered) {
        byte[] reply = Crc16.append(HEX.parseHex(answered));
        for (int length = 0; length < reply.length; length++) {
            assertThat(ModbusRtuCodec.decodeReply(request, Arrays.copyOf(reply, length)))
                    .as("%s cut to %d", asked, length)
                    .isInstanceOf(ModbusAnswer.NoReply.class);
        }
        for (int bit = 0; bit < 8 * reply.length; bit++) {
            assertThat(ModbusRtuCodec.decodeReply(request, flipped(reply, bit)))
                    .as("%s with bit %d flipped", asked, bit)
                    .isInstanceOf(ModbusAnswer.NoReply.class);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aUnitObeysNoTruncatedOrFlippedRequest(ModbusRequest request, String asked, String answered) {
        byte[] frame = ModbusRtuCodec.encode(request);
        for (int length = 0; length < frame.length; length++) {
            assertThat(ModbusSlaveCodec.decode(Arrays.copyOf(frame, length))).isEmpty();
        }
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            assertThat(ModbusSlaveCodec.decode(flipped(frame, bit)))
                    .as(answered)
                    .isEmpty();
        }
    }

    @Test
    void namesWhatIsWrongWithAReply() {
        ModbusRequest request = new ModbusRequest.WriteCoil(1, 0, true);
        assertThat(code(request, "02050000FF00")).isEqualTo("modbus.unit");
        assertThat(code(request, "01060000FF00")).isEqualTo("modbus.function");
        assertThat(code(request, "010500000000")).isEqualTo("modbus.echo");
        assertThat(code(request, "01050001FF00")).isEqualTo("modbus.echo");
        assertThat(code(request, "01050000FF0000")).isEqualTo("modbus.length");
        assertThat(code(request, "018502")).isEqualTo("modbus.exception");
        assertThat(code(request, "018102")).isEqualTo("modbus.function");
        assertThat(code(new ModbusRequest.ReadCoils(1, 0, 8), "01010201")).isEqualTo("modbus.length");
    }

    @Test
    void refusesWhatTheProtocolCannotSay() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModbusRequest.WriteCoil(0, 0, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModbusRequest.WriteCoil(248, 0, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModbusRequest.ReadCoils(1, 65_535, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModbusRequest.ReadCoils(1, 0, 2_001));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModbusRequest.WriteRegister(1, 0, 65_536));
    }

    private static String code(ModbusRequest request, String body) {
        return ModbusRtuCodec.decodeReply(request, Crc16.append(HEX.parseHex(body)))
                .fold(
                        replied -> "replied",
                        refused -> refused.reason().code(),
                        notSent -> notSent.reason().code(),
                        noReply -> noReply.reason().code());
    }

    private static byte[] flipped(byte[] frame, int bit) {
        byte[] copy = frame.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }
}
