package io.gatehouse.codes.symbol;

import io.gatehouse.codes.internal.read.Found;
import io.gatehouse.codes.internal.read.Grey;
import io.gatehouse.codes.internal.read.GridReader;
import io.gatehouse.codes.internal.read.OutlineDecoder;
import io.gatehouse.codes.internal.read.OutlineDecoder.Outline;
import io.gatehouse.codes.internal.read.Segments;
import io.gatehouse.codes.symbol.QrReading.DecoderFault;
import io.gatehouse.core.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One picture being read: attempts in the order of what they bring for their time on the working set of the tests, until
 * one succeeds and no likely code is left. Not thread-safe.
 */
final class ReadingRun {
    /** Below this no symbol has a pixel a module left. */
    private static final int MIN_SIDE = 32;

    /** Small pictures are tried at twice the size too; for larger ones that takes longer than it earns. */
    private static final int MAX_DOUBLED_SIDE = 640;

    /** ZXing's reader of several codes tries all triples of finder patterns: with more than these it takes minutes. */
    private static final int MOST_FINDERS_FOR_ZXING = 20;

    /** The level of the pyramid below the full size. */
    private static final int DOUBLED = -1;

    private final QrReaderOptions options;
    private final Optional<OutlineDecoder> second;
    private final LongSupplier nanos;
    private final long start;
    private final Grey full;
    private final Map<Integer, Grey> sizes = new TreeMap<>();
    private final List<ReadSymbol> symbols = new ArrayList<>();
    private final List<DecoderFault> faults = new ArrayList<>();
    private Optional<Boolean> crowded = Optional.empty();

    ReadingRun(QrReaderOptions options, Optional<OutlineDecoder> second, LongSupplier nanos, Frame frame) {
        this.options = options;
        this.second = second;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        Grey grey = new Grey(frame.width(), frame.height(), frame.luminance(), 1);
        while ((long) grey.width() * grey.height() > options.maxPixels()) {
            grey = grey.halved();
        }
        this.full = grey;
        sizes.put(0, grey);
    }

    QrReading read() {
        for (Attempt attempt : attempts()) {
            if (isLate()) {
                break;
            }
            int before = symbols.size();
            attempt(attempt);
            if (symbols.size() > before && !options.exhaustive() && !isMoreLeft()) {
                break;
            }
        }
        return new QrReading(symbols, faults);
    }

    private boolean isLate() {
        return nanos.getAsLong() - start >= options.budget().toNanos();
    }

    private boolean isMoreLeft() {
        List<double[]> read = symbols.stream()
                .filter(symbol -> !symbol.corners().isEmpty())
                .map(ReadingRun::flat)
                .toList();
        return GridReader.unread(
                        size(full.smallerSide() > MAX_DOUBLED_SIDE && options.pyramidLevels() > 1 ? 1 : 0), read)
                > 0;
    }

    private static double[] flat(ReadSymbol symbol) {
        return symbol.corners().stream()
                .flatMap(corner -> Stream.of(corner.x(), corner.y()))
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>(List.of(
                zxing(Zxing.HYBRID, 0, false),
                zxing(Zxing.HYBRID, 1, false),
                zxing(Zxing.GLOBAL, 0, false),
                boof(0, false),
                zxing(Zxing.HYBRID, 0, true),
                grid(1, false),
                grid(0, false),
                boof(0, true)));
        for (int level = 2; level < options.pyramidLevels(); level++) {
            attempts.add(zxing(Zxing.HYBRID, level, false));
            attempts.add(grid(level, false));
        }
        attempts.addAll(List.of(
                grid(DOUBLED, false),
                zxing(Zxing.HYBRID, DOUBLED, false),
                boof(DOUBLED, false),
                boof(1, false),
                grid(1, true),
                grid(0, true)));
        for (int level = DOUBLED; level < options.pyramidLevels(); level++) {
            attempts.add(zxing(Zxing.GLOBAL, level, false));
            attempts.add(zxing(Zxing.HYBRID, level, true));
            attempts.add(zxing(Zxing.GLOBAL, level, true));
        }
        return attempts.stream().filter(this::isWanted).toList();
    }

    private boolean isWanted(Attempt attempt) {
        if (attempt.inverted && !options.inverted()) {
            return false;
        }
        if (attempt.level == DOUBLED) {
            return options.pyramidLevels() > 1 && full.smallerSide() <= MAX_DOUBLED_SIDE;
        }
        return attempt.level < options.pyramidLevels()
                && full.smallerSide() >> attempt.level >= (attempt.level == 0 ? 1 : MIN_SIDE);
    }

    private Attempt zxing(Zxing threshold, int level, boolean inverted) {
        String how = (threshold == Zxing.HYBRID ? "hybrid" : "global") + named(level, inverted);
        return new Attempt(how, level, inverted, () -> threshold.read(seen(level, inverted), !isCrowded(), how));
    }

    private Attempt boof(int level, boolean inverted) {
        String how = "outline" + named(level, inverted);
        return new Attempt(
                how,
                level,
                inverted,
                () -> second.stream()
                        .flatMap(decoder -> decoder.read(seen(level, inverted)).stream())
                        .flatMap(outline -> symbol(outline, how).stream())
                        .toList());
    }

    private Attempt grid(int level, boolean inverted) {
        String how = named(level, inverted);
        return new Attempt(
                "grid" + how,
                level,
                inverted,
                () -> GridReader.read(seen(level, inverted), this::isLate).stream()
                        .filter(found -> !found.content().getText().isEmpty())
                        .map(found -> symbol(found, found.how() + how))
                        .toList());
    }

    private static String named(int level, boolean inverted) {
        return (level == DOUBLED ? " 2/1" : " 1/" + (1 << level)) + (inverted ? " inverted" : "");
    }

    private void attempt(Attempt attempt) {
        try {
            for (ReadSymbol symbol : attempt.work.get()) {
                if (symbols.stream().noneMatch(symbol::isSameAs)) {
                    symbols.add(symbol);
                }
            }
        } catch (RuntimeException e) {
            faults.add(new DecoderFault(attempt.how, e));
        }
    }

    private boolean isCrowded() {
        if (crowded.isEmpty()) {
            int finders = GridReader.finderPatterns(
                    size(full.smallerSide() > MAX_DOUBLED_SIDE && options.pyramidLevels() > 1 ? 1 : 0));
            crowded = Optional.of(finders > MOST_FINDERS_FOR_ZXING);
        }
        return crowded.get();
    }

    private Grey seen(int level, boolean inverted) {
        Grey size = size(level);
        return inverted ? size.inverted() : size;
    }

    private Grey size(int level) {
        Grey known = sizes.get(level);
        if (known != null) {
            return known;
        }
        Grey made = level == DOUBLED ? full.doubled() : size(level - 1).halved();
        sizes.put(level, made);
        return made;
    }

    private static Optional<ReadSymbol> symbol(Outline outline, String how) {
        return Segments.of(outline.codewords(), outline.version())
                .filter(segments -> !segments.text().isEmpty())
                .map(segments -> new ReadSymbol(segments.payload(), segments.text(), corners(outline.corners()), how));
    }

    private static ReadSymbol symbol(Found found, String how) {
        String text = found.content().getText();
        return new ReadSymbol(
                Zxing.payload(text, found.content().getByteSegments()), text, corners(found.corners()), how);
    }

    private static List<Corner> corners(double[] flat) {
        List<Corner> corners = new ArrayList<>();
        for (int i = 0; i < flat.length; i += 2) {
            corners.add(new Corner(flat[i], flat[i + 1]));
        }
        return corners;
    }

    /** Something to try: its name, the size and polarity that it looks at, and how. */
    private record Attempt(String how, int level, boolean inverted, Supplier<List<ReadSymbol>> work) {}
}
