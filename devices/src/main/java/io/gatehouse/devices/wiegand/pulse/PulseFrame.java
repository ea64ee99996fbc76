package io.gatehouse.devices.wiegand.pulse;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.wiegand.CardBits;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What came over the lines between two silences. Sealed, immutable, thread-safe. */
public sealed interface PulseFrame {
    <T> T fold(Function<? super Whole, ? extends T> whole, Function<? super Faulty, ? extends T> faulty);

    /** Every pulse was as it should be. */
    record Whole(CardBits bits) implements PulseFrame {
        public Whole {
            Objects.requireNonNull(bits, "bits");
        }

        @Override
        public <T> T fold(Function<? super Whole, ? extends T> whole, Function<? super Faulty, ? extends T> faulty) {
            return whole.apply(this);
        }
    }

    /** Something was not; the bits are kept from nobody's mistake: there are none. */
    record Faulty(Set<PulseFault> faults) implements PulseFrame {
        public Faulty {
            faults = Collections.unmodifiableSet(EnumSet.copyOf(faults));
        }

        /** {@code card.pulses}, with what was wrong in words. */
        public Reason reason() {
            return Reason.format(
                    "card.pulses",
                    "The reader's wires showed %s: present the card again, and have the wiring looked at if it stays so.",
                    faults.stream().map(PulseFault::words).collect(Collectors.joining(", ")));
        }

        @Override
        public <T> T fold(Function<? super Whole, ? extends T> whole, Function<? super Faulty, ? extends T> faulty) {
            return faulty.apply(this);
        }
    }
}
