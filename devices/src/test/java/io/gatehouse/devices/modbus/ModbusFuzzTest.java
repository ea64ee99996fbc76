package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whatever the bus says is answered; with the environment variable JAZZER_FUZZ=1 new frames are looked for. */
class ModbusFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void aMasterAnswersForAnyReply(byte[] bytes) {
        // With a right checksum too, since random bytes never get past it.
        for (byte[] frame : List.of(bytes, Crc16.append(bytes))) {
            for (ModbusRequest request : ModbusRtuCodecTest.ONE_OF_EACH) {
                assertThat(ModbusRtuCodec.decodeReply(request, frame)).isNotNull();
            }
        }
    }

    @FuzzTest(maxDuration = "30s")
    void aUnitReadsARequestThatMeansTheSameWhenItIsSentAgain(byte[] bytes) {
        for (byte[] frame : List.of(bytes, Crc16.append(bytes))) {
            assertThat(ModbusSlaveCodec.expectedLength(frame)).isNotNegative();
            // Not the same bytes: the unused bits of the last byte of outputs count for nothing.
            ModbusSlaveCodec.decode(frame)
                    .ifPresent(request -> assertThat(ModbusSlaveCodec.decode(ModbusRtuCodec.encode(request)))
                            .hasValue(request));
        }
    }
}
