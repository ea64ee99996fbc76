package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.devices.link.Bus;
import io.gatehouse.devices.link.BusOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gaps and timeouts on fake wire time; pseudo-terminals have no time on the wire. */
class WireTimeTest {
    private static final ModbusRequest ON = new ModbusRequest.WriteCoil(1, 0, true);

    private static ModbusMaster master(FakeWire wire, BusOptions bus, ModbusOptions options) {
        return ModbusMaster.create(Bus.create(wire, bus, wire::nanoTime), options, wire::nanoTime);
    }

    /** A unit that does what it is told. */
    private static byte[] obey(byte[] request) {
        return ModbusSlaveCodec.encodeWritten(ModbusSlaveCodec.decode(request).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1_200, 9_600, 19_200, 115_200})
    @DisplayName(
            "keeps a silence of 3.5 characters, at least 1.75 ms, before each request, whatever is said on the wire")
    void keepsTheGap(int baud) {
        long seed = new Random().nextLong();
        System.out.println("chatter at random, " + baud + " baud, seed " + seed);
        Random random = new Random(seed);
        double least = Math.max(3.5, 1.75e6 / (11e9 / baud));
        for (int i = 0; i < 200; i++) {
            FakeWire wire = new FakeWire(baud, false);
            wire.unit(WireTimeTest::obey);
            ModbusMaster master = master(wire, BusOptions.DEFAULT.withBaud(baud), ModbusOptions.ofBaud(baud));
            for (int chatter = random.nextInt(4); chatter > 0; chatter--) {
                byte[] said = new byte[1 + random.nextInt(8)];
                random.nextBytes(said);
                wire.chatter(Duration.ofNanos(wire.characters(random.nextInt(20))), said);
            }
            wire.pass(Duration.ofNanos(wire.characters(random.nextInt(12))));
            master.execute(ON);
            assertThat(wire.gaps).hasSize(1).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(least - 0.001));
        }
    }

    @Test
    void doesNotWaitForASilenceThatIsThereAlready() {
        FakeWire wire = new FakeWire(9_600, false);
        wire.unit(WireTimeTest::obey);
        ModbusMaster master = master(wire, BusOptions.DEFAULT.withBaud(9_600), ModbusOptions.ofBaud(9_600));
        wire.pass(Duration.ofSeconds(1));
        long begun = wire.nanoTime();
        assertThat(master.execute(ON)).isInstanceOf(ModbusAnswer.Replied.class);
        assertThat((double) wire.nanoTime() - begun).isCloseTo(wire.characters(16) + 5e6, within(1e3));
    }

    @Test
    void takesAReplyByItsLengthThoughItPausesForMuchLongerThanAGap() {
        FakeWire wire = new FakeWire(9_600, false);
        wire.unit(WireTimeTest::obey);
        wire.pauseInReply(Duration.ofMillis(40));
        ModbusMaster master = master(wire, BusOptions.DEFAULT.withBaud(9_600), ModbusOptions.ofBaud(9_600));
        assertThat(master.execute(ON)).isInstanceOf(ModbusAnswer.Replied.class);
    }

    @Test
    void countsTheTimeOnASlowWireToNobodysPatience() {
        ModbusRequest many = new ModbusRequest.WriteRegisters(1, 0, Collections.nCopies(123, 7));
        FakeWire wire = new FakeWire(1_200, false);
        wire.unit(WireTimeTest::obey);
        assertThat(wire.characters(255))
                .isGreaterThan(ModbusOptions.DEFAULT.replyTimeout().toNanos());
        ModbusOptions options = ModbusOptions.ofBaud(1_200);
        assertThat(master(wire, BusOptions.DEFAULT.withBaud(1_200), options).execute(many))
                .isInstanceOf(ModbusAnswer.Replied.class);
        assertThat(master(wire, BusOptions.DEFAULT, options).execute(many))
                .as("of unknown speed")
                .isInstanceOf(ModbusAnswer.NoReply.class);
    }

    @Test
    @DisplayName("takes its own echo off a half-duplex bus and reads the reply behind it")
    void takesItsOwnEchoOff() {
        FakeWire wire = new FakeWire(9_600, true);
        wire.unit(WireTimeTest::obey);
        BusOptions echoing = BusOptions.DEFAULT.withBaud(9_600).withEcho(Duration.ofMillis(50));
        for (int i = 0; i < 3; i++) {
            assertThat(master(wire, echoing, ModbusOptions.ofBaud(9_600)).execute(ON))
                    .isInstanceOf(ModbusAnswer.Replied.class);
        }
        // Without knowing of it, its own words would be believed: the echo of a write is its reply.
        wire.unit(request -> new byte[0]);
        assertThat(master(wire, BusOptions.DEFAULT, ModbusOptions.DEFAULT).execute(ON))
                .isInstanceOf(ModbusAnswer.Replied.class);
        assertThat(master(wire, echoing, ModbusOptions.ofBaud(9_600)).execute(ON))
                .isInstanceOf(ModbusAnswer.NoReply.class);
    }

    @Test
    void saysThatABusDoesNotEcho() {
        FakeWire wire = new FakeWire(9_600, false);
        ModbusAnswer answer = master(wire, BusOptions.DEFAULT.withEcho(Duration.ofMillis(50)), ModbusOptions.DEFAULT)
                .execute(ON);
        assertThat(answer).isInstanceOf(ModbusAnswer.NoReply.class);
    }

    @Test
    @DisplayName("sends a request that only reads again, and a command never")
    void triesAgainOnlyWhatMovesNothing() {
        ModbusOptions thrice = ModbusOptions.DEFAULT.withReadRetries(2);
        for (ModbusRequest request : ModbusRtuCodecTest.ONE_OF_EACH) {
            FakeWire wire = new FakeWire(9_600, false);
            ModbusMaster master = master(wire, BusOptions.DEFAULT, thrice);
            assertThat(master.execute(request)).isInstanceOf(ModbusAnswer.NoReply.class);
            assertThat(wire.requests).as("%s", request).hasSize(request.function() <= 3 ? 3 : 1);
            assertThat(wire.abandoned).as("a command must not come late").isEqualTo(request.function() <= 3 ? 0 : 1);
        }
    }

    @Test
    void takesTheFirstGoodAnswerOfARequestThatIsSentAgain() {
        byte[] good = ModbusSlaveCodec.encodeRegisters(new ModbusReply.Registers(1, List.of(5)));
        FakeWire wire = new FakeWire(9_600, false);
        wire.unit(request -> wire.requests.size() < 2 ? new byte[] {1, 3} : good);
        ModbusMaster master = master(wire, BusOptions.DEFAULT, ModbusOptions.DEFAULT.withReadRetries(5));
        assertThat(master.execute(new ModbusRequest.ReadRegisters(1, 0, 1))).isInstanceOf(ModbusAnswer.Replied.class);
        assertThat(wire.requests).hasSize(2);
        // A refusal is an answer.
        wire.unit(request -> ModbusSlaveCodec.encodeException(new ModbusRequest.ReadRegisters(1, 0, 1), 2));
        assertThat(master.execute(new ModbusRequest.ReadRegisters(1, 0, 1))).isInstanceOf(ModbusAnswer.Refused.class);
        assertThat(wire.requests).hasSize(3);
    }
}
