package io.gatehouse.devices.wiegand;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.reader.StreamParser;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** From a converter's bytes to readings: lines, their bits, and what those mean in the reader's formats. */
final class CardLineParser implements StreamParser<CardReading> {
    private final LineFramer framer = new LineFramer();
    private final ReaderFormats formats;
    private final InstantSource clock;
    private final String source;

    CardLineParser(ReaderFormats formats, InstantSource clock, String source) {
        this.formats = formats;
        this.clock = clock;
        this.source = source;
    }

    @Override
    public List<CardReading> feed(byte[] bytes) {
        return readings(framer.feed(bytes));
    }

    @Override
    public List<CardReading> idle() {
        return readings(framer.idle());
    }

    @Override
    public List<CardReading> cut() {
        return idle();
    }

    private List<CardReading> readings(List<LineFramer.Line> lines) {
        return lines.stream().map(line -> reading(line, clock.instant())).collect(Collectors.toList());
    }

    private CardReading reading(LineFramer.Line line, Instant at) {
        return switch (line.kind()) {
            case TOO_LONG ->
                unreadable(
                        at,
                        "card.too-long",
                        "The reader sent a line of more than " + LineFramer.MAX_LINE + " characters.");
            case CUT ->
                unreadable(at, "card.cut", "The reader stopped in the middle of a line: present the card again.");
            case WHOLE ->
                WiegandLineCodec.decode(line.text())
                        .map(bits -> formats.read(bits, at, source))
                        .orElseGet(() -> unreadable(
                                at, "card.junk", "The reader sent a line that is not a card: present the card again."));
        };
    }

    private CardReading unreadable(Instant at, String code, String text) {
        return new CardReading.Unreadable(Reason.of(code, text), at, source);
    }
}
