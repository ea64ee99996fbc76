package io.gatehouse.benchmarks;

import boofcv.abst.fiducial.QrCodeDetector;
import boofcv.factory.fiducial.FactoryFiducial;
import boofcv.struct.image.GrayU8;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import io.gatehouse.codes.symbol.QrReader;
import io.gatehouse.codes.symbol.QrReaderOptions;
import io.gatehouse.codes.symbol.ReadSymbol;
import io.gatehouse.codes.symbol.hard.Degradation;
import io.gatehouse.codes.symbol.hard.HardPicture;
import io.gatehouse.codes.symbol.hard.HardPictures;
import io.gatehouse.core.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * QR codes read from hard pictures that are drawn from seeds (the tests' kinds, from a seed on that the reader was not made
 * with), beside ZXing alone, with several codes and trying harder, and BoofCV alone. Prints how many of the codes were read and whether
 * any was read wrongly; the score is milliseconds a picture.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 10)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class ReadBenchmark {
    private static final int FIRST_SEED = 1_000;

    /** How pictures are read. */
    public enum Kind {
        ZXING {
            @Override
            Set<String> read(Frame frame) {
                return zxing(frame);
            }
        },
        BOOFCV {
            @Override
            Set<String> read(Frame frame) {
                return boofcv(frame);
            }
        },
        GATEHOUSE {
            @Override
            Set<String> read(Frame frame) {
                return gatehouse(frame, QrReaderOptions.DEFAULT);
            }
        },
        GATEHOUSE_LIVE {
            @Override
            Set<String> read(Frame frame) {
                return gatehouse(frame, QrReaderOptions.LIVE);
            }
        };

        abstract Set<String> read(Frame frame);
    }

    @Param({"ZXING", "BOOFCV", "GATEHOUSE", "GATEHOUSE_LIVE"})
    private Kind reader;

    @Param("10")
    private int each;

    private final List<HardPicture> pictures = new ArrayList<>();
    private int turn;

    @Setup
    public void draw() {
        double read = 0;
        int wrong = 0;
        StringBuilder kinds = new StringBuilder();
        for (Degradation kind : Degradation.values()) {
            double ofKind = 0;
            for (int i = 0; i < each; i++) {
                HardPicture picture = HardPictures.draw(kind, FIRST_SEED + i);
                pictures.add(picture);
                Set<String> texts = reader.read(picture.frame());
                long right = picture.texts().stream().filter(texts::contains).count();
                ofKind += (double) right / picture.texts().size();
                texts.removeAll(Set.copyOf(picture.texts()));
                wrong += texts.size();
            }
            read += ofKind;
            kinds.append(String.format(" %s %.0f,", kind, 100 * ofKind / each));
        }
        System.out.printf(
                "%s: %.1f %% of the codes of %d pictures read, %d wrong;%s%n",
                reader, 100 * read / pictures.size(), pictures.size(), wrong, kinds);
    }

    @Benchmark
    public Set<String> read() {
        turn = (turn + 1) % pictures.size();
        return reader.read(pictures.get(turn).frame());
    }

    private static Set<String> zxing(Frame frame) {
        PlanarYUVLuminanceSource source = new PlanarYUVLuminanceSource(
                frame.luminance(), frame.width(), frame.height(), 0, 0, frame.width(), frame.height(), false);
        try {
            return Arrays.stream(new QRCodeMultiReader()
                            .decodeMultiple(
                                    new BinaryBitmap(new HybridBinarizer(source)),
                                    Map.of(DecodeHintType.TRY_HARDER, true)))
                    .map(result -> result.getText())
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (NotFoundException e) {
            return new HashSet<>();
        }
    }

    private static Set<String> boofcv(Frame frame) {
        QrCodeDetector<GrayU8> detector = FactoryFiducial.qrcode(null, GrayU8.class);
        GrayU8 grey = new GrayU8(frame.width(), frame.height());
        grey.data = frame.luminance();
        detector.process(grey);
        return detector.getDetections().stream()
                .map(code -> code.message)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> gatehouse(Frame frame, QrReaderOptions options) {
        return QrReader.create(options).read(frame).symbols().stream()
                .map(ReadSymbol::text)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
