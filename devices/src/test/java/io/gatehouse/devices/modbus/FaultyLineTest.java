package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.devices.house.Splits;
import io.gatehouse.devices.sim.fault.FaultPlan;
import io.gatehouse.devices.sim.fault.FaultyLink;
import io.gatehouse.devices.sim.fault.LinkFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A master over a line with every fault, on fake time. */
class FaultyLineTest {
    private static final ModbusOptions OPTIONS = new ModbusOptions(Duration.ofMillis(100), Duration.ofMillis(5));

    @Test
    @DisplayName(
            "ATT-19 over a line with any faults an acknowledged command was done, and only a doubled line does one twice")
    void believesOnlyWhatWasDone() throws IOException {
        Random random = Splits.seeded("faulty lines");
        long replied = 0;
        Set<LinkFault> happened = EnumSet.noneOf(LinkFault.class);
        for (int i = 0; i < 300; i++) {
            FaultPlan plan = FaultPlan.none().withTimes(Duration.ofMillis(40), Duration.ofMillis(300));
            for (LinkFault fault : LinkFault.values()) {
                plan = plan.with(fault, fault == LinkFault.UNPLUG ? 0.01 : random.nextDouble() / 4);
            }
            List<Integer> done = new ArrayList<>();
            FakeLink board = new FakeLink();
            board.answerEach(request -> obey(request, done));
            FaultyLink line = FaultyLink.on(board, plan, random, board::nanoTime);
            ModbusMaster master = ModbusMaster.create(line, OPTIONS, board::nanoTime);
            for (int value = 1; value <= 20; value++) {
                int before = done.size();
                ModbusAnswer answer = master.execute(new ModbusRequest.WriteRegister(1, 0, value));
                if (answer instanceof ModbusAnswer.Replied) {
                    replied++;
                    assertThat(done.subList(before, done.size())).contains(value);
                } else if (answer instanceof ModbusAnswer.NotSent) {
                    assertThat(done).doesNotContain(value);
                }
            }
            if (!line.happened().containsKey(LinkFault.DUPLICATE)) {
                assertThat(done).doesNotHaveDuplicates();
            }
            assertThat(done).as("none after a later one").isSorted();
            happened.addAll(line.happened().keySet());
        }
        assertThat(replied).as("some came through").isPositive();
        assertThat(happened).isEqualTo(EnumSet.allOf(LinkFault.class));
    }

    private static byte[] obey(byte[] heard, List<Integer> done) {
        Optional<ModbusRequest> request = ModbusSlaveCodec.decode(heard);
        if (request.isEmpty() || !(request.get() instanceof ModbusRequest.WriteRegister write)) {
            return new byte[0];
        }
        done.add(write.value());
        return ModbusSlaveCodec.encodeWritten(write);
    }
}
