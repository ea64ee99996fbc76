package io.gatehouse.devices.wiegand.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.devices.wiegand.CardBits;
import io.gatehouse.devices.wiegand.CardFormats;
import io.gatehouse.devices.wiegand.CardReading;
import io.gatehouse.devices.wiegand.ReaderFormats;
import io.gatehouse.devices.wiegand.pulse.Edge.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a script in the place of {@code gpiomon}, which prints what either version prints. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class GpioMonitorTest {
    private static final CardBits CARD = CardFormats.H10301.encode(123, 4567);

    @TempDir
    private Path folder;

    @Test
    void readsBothVersionsAndNothingElse() {
        GpioLineCodec codec = new GpioLineCodec(17, 27);
        assertThat(codec.decode("17 0 8173 153904120")).contains(new Edge(Line.D0, true, 8_173_153_904_120L));
        assertThat(codec.decode("27 1   8173     904120")).contains(new Edge(Line.D1, false, 8_173_000_904_120L));
        assertThat(codec.decode("17 2 8173.153904120")).contains(new Edge(Line.D0, true, 8_173_153_904_120L));
        assertThat(codec.decode("27 1 8173.000904120")).contains(new Edge(Line.D1, false, 8_173_000_904_120L));
        for (String other : List.of(
                "",
                "18 1 8173.000904120",
                "17 3 8173.000904120",
                "17 2 8173.1",
                "gpiomon: error",
                "17 2 99999999999.000000000")) {
            assertThat(codec.decode(other)).as(other).isEmpty();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new GpioLineCodec(3, 3));
    }

    @Test
    void cardsComeFromEitherVersionOfTheProgram() throws IOException {
        for (String version : List.of("gpiomon (libgpiod) v1.6.3", "gpiomon (libgpiod) v2.2.1")) {
            List<CardReading> readings = new CopyOnWriteArrayList<>();
            Path program = program(
                    version, lines(version.contains("v1"), new Wire().card(CARD).edges()), "exec sleep 60");
            try (PulseReader reader =
                    reader(GpioMonitor.open(List.of(program.toString()), "gpiochip0", 17, 27), readings)) {
                assertThat(reader).isNotNull();
                Awaitility.await().until(() -> readings.size() == 1);
            }
            assertThat(readings.get(0)
                            .<Optional<Long>>fold(
                                    read -> Optional.of(read.evidence().cardNumber()),
                                    key -> Optional.empty(),
                                    no -> Optional.empty()))
                    .as(version)
                    .contains(4567L);
        }
    }

    @Test
    void saysWhyTheProgramEnded() throws IOException {
        Path program =
                program("gpiomon (libgpiod) v2.2.1", List.of("gpiomon: cannot find GPIO chip 'gpiochip9'"), "exit 1");
        try (GpioMonitor monitor = GpioMonitor.open(List.of(program.toString()), "gpiochip9", 17, 27)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            assertThat(monitor.next(Duration.ofMillis(20))).isEmpty();
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gpiomon ended: gpiomon: cannot find GPIO chip 'gpiochip9'");
        }
    }

    @Test
    void saysThatTheProgramIsMissingAndRefusesStrangeChips() {
        assertThatThrownBy(() -> GpioMonitor.open(List.of(folder.resolve("none").toString()), "gpiochip0", 1, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("package gpiod");
        assertThatIllegalArgumentException().isThrownBy(() -> GpioMonitor.open("--help", 1, 2));
    }

    @Test
    void closesWhileItWaits() throws IOException {
        Path program = program("gpiomon (libgpiod) v2.2.1", List.of(), "exec sleep 60");
        List<IOException> lost = new CopyOnWriteArrayList<>();
        PulseReader reader = PulseReader.builder(
                        GpioMonitor.open(List.of(program.toString()), "0", 17, 27),
                        ReaderFormats.of(CardFormats.H10301),
                        "front")
                .onReading(reading -> {})
                .onLost(lost::add)
                .open();
        reader.close();
        reader.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("gatehouse-reader front");
        assertThat(lost).isEmpty();
    }

    private static PulseReader reader(EdgeSource source, List<CardReading> readings) {
        return PulseReader.builder(source, ReaderFormats.of(CardFormats.H10301), "front")
                .onReading(readings::add)
                .open();
    }

    private static List<String> lines(boolean isVersion1, List<Edge> edges) {
        List<String> lines = new ArrayList<>();
        for (Edge edge : edges) {
            int offset = edge.line() == Line.D0 ? 17 : 27;
            long seconds = edge.nanos() / 1_000_000_000L;
            long nanos = edge.nanos() % 1_000_000_000L;
            lines.add(
                    isVersion1
                            ? String.format("%d %d %d %d", offset, edge.falling() ? 0 : 1, seconds, nanos)
                            : String.format("%d %d %d.%09d", offset, edge.falling() ? 2 : 1, seconds, nanos));
        }
        return lines;
    }

    private Path program(String version, List<String> lines, String end) throws IOException {
        Path output = Files.write(Files.createTempFile(folder, "edges", ".txt"), lines);
        Path program = Files.createTempFile(folder, "gpiomon", ".sh");
        Files.write(
                program,
                List.of(
                        "#!/bin/sh",
                        "if [ \"$1\" = --version ]; then echo '" + version + "'; exit 0; fi",
                        "cat '" + output + "'",
                        end));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
