package io.gatehouse.codes.symbol;

import java.util.List;
import java.util.Objects;

/**
 * What was read from a picture. Immutable and thread-safe.
 *
 * @param symbols the codes found, perhaps none
 * @param faults  where the decoder crashed on this picture; what else was tried counts all the same
 */
public record QrReading(List<ReadSymbol> symbols, List<DecoderFault> faults) {
    public QrReading {
        symbols = List.copyOf(symbols);
        faults = List.copyOf(faults);
    }

    /**
     * A crash of the decoder.
     *
     * @param how   what was tried, for example {@code hybrid 1/2}
     * @param cause what it threw
     */
    public record DecoderFault(String how, RuntimeException cause) {
        public DecoderFault {
            Objects.requireNonNull(how, "how");
            Objects.requireNonNull(cause, "cause");
        }
    }
}
