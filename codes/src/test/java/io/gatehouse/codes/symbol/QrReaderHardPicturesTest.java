package io.gatehouse.codes.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.internal.read.OutlineDecoder;
import io.gatehouse.codes.symbol.hard.Degradation;
import io.gatehouse.codes.symbol.hard.HardPicture;
import io.gatehouse.codes.symbol.hard.HardPictures;
import io.gatehouse.core.frame.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures made hard from a seed: what is read is never wrong, and a part is read that grows and does not shrink. */
class QrReaderHardPicturesTest {
    private static final int EACH = 40;

    /** The budget counts attempts here, not time: a slow machine reads as much as a fast one. */
    private static final QrReaderOptions PATIENT = QrReaderOptions.DEFAULT.within(Duration.ofMinutes(5));

    private static final QrReader READER = QrReader.create(PATIENT);

    @ParameterizedTest
    @EnumSource(
            value = Degradation.class,
            names = {"INVERTED", "NOISE", "CLUTTER"})
    void readsAFewOfEachKind(Degradation kind) {
        for (int seed = 0; seed < 3; seed++) {
            HardPicture picture = HardPictures.draw(kind, seed);
            assertThat(texts(picture)).as("%s", picture).isNotEmpty().isSubsetOf(picture.texts());
        }
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "BLUR, 37", "MOTION, 33", "GLARE, 36", "SHADOW, 39", "PERSPECTIVE, 34", "LOW_RESOLUTION, 34", "DAMAGE, 36",
        "INVERTED, 40", "NOISE, 40", "CLUTTER, 40", "MANY, 39", "HIGH_VERSION, 40", "CURVED, 39", "LOW_CONTRAST, 30"
    })
    void readsNothingWrongAndAsMuchAsBefore(Degradation kind, double floor) {
        double read = 0;
        for (int seed = 0; seed < EACH; seed++) {
            HardPicture picture = HardPictures.draw(kind, seed);
            List<String> texts = texts(picture);
            assertThat(texts).as("%s", picture).isSubsetOf(picture.texts());
            read += (double) picture.texts().stream().filter(texts::contains).count()
                    / picture.texts().size();
        }
        System.out.printf("%s: %.0f %% read%n", kind, 100 * read / EACH);
        assertThat(read).isGreaterThanOrEqualTo(floor);
    }

    @Test
    void readsWithoutTheSecondDecoder() {
        HardPicture picture = HardPictures.draw(Degradation.CLUTTER, 1);
        QrReader alone = QrReader.create(PATIENT, Optional.empty(), System::nanoTime);
        assertThat(alone.hasSecondDecoder()).isFalse();
        assertThat(READER.hasSecondDecoder()).isTrue();
        assertThat(alone.read(picture.frame()).symbols())
                .extracting(ReadSymbol::text)
                .containsExactlyElementsOf(picture.texts());
    }

    @Test
    void reportsACrashOfADecoderAndReadsOn() {
        OutlineDecoder crashing = grey -> {
            throw new IllegalStateException("crashed");
        };
        Frame frame = HardPictures.draw(Degradation.NOISE, 7).frame();
        QrReading reading = QrReader.create(PATIENT, Optional.of(crashing), System::nanoTime)
                .read(frame);
        assertThat(reading.faults())
                .extracting(fault -> fault.cause().getMessage())
                .contains("crashed");
        assertThat(reading.symbols()).hasSize(1);
    }

    @Test
    void beginsNoAttemptAfterItsBudget() {
        AtomicLong time = new AtomicLong();
        Frame blank = Frame.ofBgr(200, 200, new byte[120_000], Instant.EPOCH, "blank");
        OutlineDecoder counting = grey -> {
            time.addAndGet(Duration.ofMillis(100).toNanos());
            return List.of();
        };
        QrReader reader = QrReader.create(
                QrReaderOptions.DEFAULT.within(Duration.ofMillis(150)), Optional.of(counting), time::get);
        assertThat(reader.read(blank).symbols()).isEmpty();
        assertThat(Duration.ofNanos(time.get())).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void halvesAPictureOfTooManyPixelsFirst() {
        Frame frame = QrWriter.create(QrOptions.DEFAULT).write("LARGE").toFrame(Instant.EPOCH, "large");
        QrReaderOptions few = new QrReaderOptions(1, false, false, Duration.ofSeconds(10), 20_000);
        ReadSymbol read = QrReader.create(few).read(frame).symbols().get(0);
        assertThat(read.text()).isEqualTo("LARGE");
        assertThat(read.corners().get(0).x()).isBetween(28.0, 36.0);
    }

    @Test
    void readsNothingAndThrowsNothingOnNoiseOfAnySize() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 12; i++) {
            int width = random.nextInt(1, 140);
            int height = random.nextInt(1, 140);
            byte[] bgr = new byte[3 * width * height];
            random.nextBytes(bgr);
            Frame frame = Frame.ofBgr(width, height, bgr, Instant.EPOCH, "noise");
            assertThat(READER.read(frame).symbols()).isEmpty();
        }
    }

    private static List<String> texts(HardPicture picture) {
        return READER.read(picture.frame()).symbols().stream()
                .map(ReadSymbol::text)
                .toList();
    }
}
