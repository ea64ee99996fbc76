package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.devices.house.Recorded;
import io.gatehouse.devices.house.Splits;
import io.gatehouse.devices.sim.TapEntry;
import io.gatehouse.devices.sim.session.Session;
import io.gatehouse.devices.sim.session.SessionReplay;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was recorded between our master and another maker's slave, in every way that it may be split, and with noise. */
class RecordedModbusTest {
    private static final ModbusOptions OPTIONS = new ModbusOptions(Duration.ofMillis(500), Duration.ofMillis(5));

    /** Asks what was asked in a session and gives the answers. */
    private static List<String> play(Session session) throws IOException {
        SessionReplay replay = SessionReplay.of(session);
        ModbusMaster master = ModbusMaster.create(replay, OPTIONS, replay::nanoTime);
        List<String> answers = session.entries().stream()
                .filter(entry -> entry.way() == TapEntry.Way.OUT)
                .map(entry -> ModbusSlaveCodec.decode(entry.bytes()).orElseThrow())
                .map(request -> master.execute(request).toString())
                .collect(Collectors.toList());
        replay.requireWhole();
        return answers;
    }

    private static Session with(List<TapEntry> entries, int index, List<byte[]> pieces) {
        List<TapEntry> changed = new ArrayList<>(entries);
        TapEntry whole = changed.remove(index);
        changed.addAll(
                index,
                pieces.stream()
                        .map(piece -> new TapEntry(whole.at(), whole.way(), piece))
                        .toList());
        return new Session(changed);
    }

    @Test
    @DisplayName("a master takes every recorded answer the same in all two and three pieces")
    void takesEveryAnswerHoweverItIsSplit() throws IOException {
        List<TapEntry> entries = Recorded.session("modbus").entries();
        int answers = 0;
        for (int i = 0; i < entries.size(); i += 2) {
            List<TapEntry> exchange = entries.subList(i, i + 2);
            List<String> answer = Splits.assertSame(exchange.get(1).bytes(), pieces -> play(with(exchange, 1, pieces)));
            assertThat(answer).hasSize(1).allMatch(it -> it.startsWith(answersAll(exchange) ? "Replied" : "Refused"));
            answers++;
        }
        assertThat(answers).isEqualTo(8);
        assertThat(play(Recorded.session("modbus"))).hasSize(8);
    }

    private static boolean answersAll(List<TapEntry> exchange) {
        return exchange.get(1).bytes()[1] >= 0;
    }

    @Test
    void believesNoNoise() throws IOException {
        List<TapEntry> entries = Recorded.session("modbus").entries();
        Random random = Splits.seeded("noise for a master");
        for (int i = 0; i < 2_000; i++) {
            int at = 2 * random.nextInt(entries.size() / 2);
            TapEntry asked = entries.get(at);
            FakeLink link = new FakeLink();
            Splits.noise(random).forEach(link::answer);
            ModbusMaster master = ModbusMaster.create(link, OPTIONS, link::nanoTime);
            ModbusAnswer answer =
                    master.execute(ModbusSlaveCodec.decode(asked.bytes()).orElseThrow());
            assertThat(answer).isInstanceOf(ModbusAnswer.NoReply.class);
        }
    }
}
