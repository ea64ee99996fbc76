package io.gatehouse.devices.document;

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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was recorded from a reader of resident cards, in every way that it may be split, and with noise. */
class RecordedDocumentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Reads until the recording is over. */
    private static List<String> play(List<TapEntry> entries) throws IOException {
        SessionReplay replay = SessionReplay.of(new Session(entries));
        List<String> readings = new ArrayList<>();
        try (ResidentCardReader reader = ResidentCardReader.on(replay, PATIENCE)) {
            readings.add(text(reader.read()));
            readings.add(text(reader.read()));
        }
        replay.requireWhole();
        return readings;
    }

    private static String text(DocumentReading reading) {
        return reading.fold(
                read -> read.card().name(),
                () -> "nothing",
                unreadable -> unreadable.reason().code());
    }

    private static List<TapEntry> with(int index, List<byte[]> pieces) {
        List<TapEntry> changed =
                new ArrayList<>(Recorded.session("resident-card").entries());
        TapEntry whole = changed.remove(index);
        changed.addAll(
                index,
                pieces.stream()
                        .map(piece -> new TapEntry(whole.at(), whole.way(), piece))
                        .toList());
        return changed;
    }

    private static void assertSameHoweverItIsSplit(int stride) throws IOException {
        List<TapEntry> entries = Recorded.session("resident-card").entries();
        for (int i = 0; i < entries.size(); i++) {
            int index = i;
            if (entries.get(i).way() == TapEntry.Way.IN) {
                byte[] answer = entries.get(i).bytes();
                assertThat(Splits.assertSame(
                                answer, answer.length > 100 ? stride : 1, pieces -> play(with(index, pieces))))
                        .containsExactly("nothing", "张三丰");
            }
        }
    }

    @Test
    @DisplayName("REG-4 reads a card the same however each answer of its reader is split")
    void readsTheSameHoweverItIsSplit() throws IOException {
        assertSameHoweverItIsSplit(31);
    }

    @Test
    @Tag("long")
    @DisplayName("REG-4 the same, with the longest answer in all of its 800,000 ways of three pieces")
    void readsTheSameHoweverItIsSplitInAllThreePieces() throws IOException {
        assertSameHoweverItIsSplit(1);
    }

    @Test
    void believesNoNoiseAndReadsOnAfterIt() throws IOException {
        Random random = Splits.seeded("noise for a card reader");
        List<TapEntry> entries = Recorded.session("resident-card").entries();
        for (int i = 0; i < 500; i++) {
            List<TapEntry> noisy = new ArrayList<>(entries.subList(0, 1));
            for (byte[] noise : Splits.noise(random)) {
                noisy.add(new TapEntry(entries.get(0).at(), TapEntry.Way.IN, noise));
            }
            noisy.addAll(entries.subList(2, entries.size()));
            List<String> readings = play(noisy);
            assertThat(readings).containsExactly("document.garbled", "张三丰");
        }
    }
}
