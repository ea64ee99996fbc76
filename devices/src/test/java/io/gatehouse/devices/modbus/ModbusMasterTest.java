package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ModbusMasterTest {
    private static final ModbusRequest OPEN = new ModbusRequest.WriteCoil(1, 0, true);
    private static final byte[] ECHO = HexFormat.of().parseHex("01050000ff008c3a");

    private final FakeLink link = new FakeLink();
    private final ModbusMaster master = ModbusMaster.create(link, ModbusOptions.DEFAULT, link::nanoTime);

    @Test
    void takesAReplyHoweverItIsSplit() {
        for (int cut = 0; cut <= ECHO.length; cut++) {
            link.answer(Arrays.copyOfRange(ECHO, 0, cut), Arrays.copyOfRange(ECHO, cut, ECHO.length));
            assertThat(master.execute(OPEN)).as("cut at %d", cut).isInstanceOf(ModbusAnswer.Replied.class);
        }
        for (byte each : ECHO) {
            link.answer(new byte[] {each});
        }
        assertThat(master.execute(OPEN)).isInstanceOf(ModbusAnswer.Replied.class);
    }

    @Test
    void takesAnExceptionHoweverItIsSplit() {
        byte[] exception = Crc16.append(new byte[] {1, (byte) 0x85, 2});
        for (int cut = 0; cut <= exception.length; cut++) {
            link.answer(Arrays.copyOfRange(exception, 0, cut), Arrays.copyOfRange(exception, cut, exception.length));
            assertThat(master.execute(OPEN)).as("cut at %d", cut).isInstanceOf(ModbusAnswer.Refused.class);
        }
    }

    @Test
    void givesUpOnATruncatedReplyOrNoneAfterTheTimeoutAndAsksOnce() {
        for (int length = 0; length < ECHO.length; length++) {
            link.written.reset();
            link.answer(Arrays.copyOf(ECHO, length));
            long before = link.nanoTime();
            assertThat(reason(master.execute(OPEN))).isEqualTo("modbus.timeout");
            // Once the bus has been silent it is not waited for again.
            assertThat(link.nanoTime() - before)
                    .isEqualTo(Duration.ofMillis(length == 0 ? 505 : 500).toNanos());
            assertThat(link.written.toByteArray()).isEqualTo(ECHO);
        }
    }

    @Test
    void dropsTheLateReplyOfAnEarlierRequest() {
        link.stale(ECHO);
        assertThat(reason(master.execute(OPEN))).isEqualTo("modbus.timeout");
    }

    @Test
    void doesNotAskOnABusThatIsDown() throws IOException {
        Links links = Links.create();
        Link down = links.open("mem:bus");
        links.open("mem:bus").close();
        ModbusAnswer answer = ModbusMaster.create(down, ModbusOptions.DEFAULT).execute(OPEN);
        assertThat(reason(answer)).isEqualTo("modbus.link-down");
        assertThat(answer.toActuation().isDone()).isFalse();
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModbusOptions(Duration.ZERO, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModbusOptions(Duration.ofMillis(5), Duration.ofMillis(5)));
    }

    private static String reason(ModbusAnswer answer) {
        return answer.fold(
                replied -> "replied",
                refused -> refused.reason().code(),
                notSent -> notSent.reason().code(),
                noReply -> noReply.reason().code());
    }
}
