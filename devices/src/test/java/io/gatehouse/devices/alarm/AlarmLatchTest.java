package io.gatehouse.devices.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmLatchTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123Z");
    private static final List<Alarm> ALARMS = List.of(
            new Alarm(Alarm.Kind.FIRE, "house", "smoke\n on floor 2 – 二楼", NOW),
            new Alarm(Alarm.Kind.VIOLENCE, Alarm.EVERYWHERE, "", NOW));

    @TempDir
    Path folder;

    @Test
    void keepsWhatItWasGiven() throws IOException {
        AlarmLatch latch = AlarmLatch.file(folder.resolve("latch"));
        assertThat(latch.load()).isEmpty();
        assertThat(latch.isFire("house")).isFalse();
        latch.save(ALARMS);
        assertThat(AlarmLatch.file(folder.resolve("latch")).load()).isEqualTo(ALARMS);
        assertThat(latch.isFire("house")).isTrue();
        assertThat(latch.isFire("garage")).isFalse();
        latch.save(List.of());
        assertThat(latch.load()).isEmpty();
    }

    @Test
    @DisplayName("REG-11 a latch that is cut anywhere or altered in any byte is not taken for calm")
    void refusesADamagedLatch() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("AlarmLatchTest seed " + seed);
        Random random = new Random(seed);
        Path file = folder.resolve("latch");
        AlarmLatch latch = AlarmLatch.file(file);
        latch.save(ALARMS);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] cut = Arrays.copyOf(whole, at);
            assertThatIOException().isThrownBy(() -> LatchCodec.decode(cut));
            byte[] altered = whole.clone();
            altered[at] ^= (byte) (1 << random.nextInt(7));
            Files.write(file, altered);
            assertThatIOException().isThrownBy(latch::load).withMessageContaining("latch");
            assertThat(latch.isFire("garage")).isTrue();
        }
    }

    @FuzzTest(maxDuration = "10s")
    void decodesOrRefusesAnyBytes(byte[] bytes) throws IOException {
        try {
            List<Alarm> alarms = LatchCodec.decode(bytes);
            assertThat(LatchCodec.decode(LatchCodec.encode(alarms))).isEqualTo(alarms);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("it is ");
        }
    }
}
