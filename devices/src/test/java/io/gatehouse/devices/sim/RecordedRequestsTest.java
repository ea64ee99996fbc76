package io.gatehouse.devices.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.devices.house.Recorded;
import io.gatehouse.devices.house.Splits;
import io.gatehouse.devices.modbus.ModbusRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was recorded from masters, as simulated boards hear it. */
class RecordedRequestsTest {
    @Test
    void findsTheSameRequestsHoweverTheyAreSplit() throws IOException {
        for (byte[] frame : Recorded.frames("modbus", TapEntry.Way.OUT)) {
            assertThat(Splits.assertSame(frame, RecordedRequestsTest::requests)).hasSize(1);
        }
        byte[] all = Recorded.session("modbus").bytes(TapEntry.Way.OUT);
        assertThat(Splits.assertSame(all, RecordedRequestsTest::requests)).hasSize(8);
    }

    private static List<String> requests(List<byte[]> pieces) {
        return requests(new RequestFramer(), pieces);
    }

    private static List<String> requests(RequestFramer framer, List<byte[]> pieces) {
        List<ModbusRequest> found = new ArrayList<>();
        pieces.forEach(piece -> found.addAll(framer.feed(piece)));
        return found.stream().map(ModbusRequest::toString).toList();
    }

    @Test
    void findsThemAfterAnyNoiseAndASilence() {
        byte[] all = Recorded.session("modbus").bytes(TapEntry.Way.OUT);
        List<String> expected = requests(List.of(all));
        Random random = Splits.seeded("noise before requests");
        for (int i = 0; i < 1_000; i++) {
            RequestFramer framer = new RequestFramer();
            requests(framer, Splits.noise(random));
            framer.feed(new byte[0]);
            assertThat(requests(framer, List.of(all))).isEqualTo(expected);
        }
    }
}
