package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** What became of an export or import. Sealed, immutable, thread-safe. */
public sealed interface ExchangeResult {
    <T> T fold(Function<? super Done, ? extends T> done, Function<? super Refused, ? extends T> refused);

    /**
     * It was done and recorded.
     *
     * @param export    the id of the export
     * @param templates how many were sent or taken
     * @param left      of an import, people who were not taken: enrolled under another name already, or without a basis now
     */
    record Done(UUID export, int templates, List<PersonId> left) implements ExchangeResult {
        public Done {
            Objects.requireNonNull(export, "export");
            left = List.copyOf(left);
        }

        @Override
        public <T> T fold(Function<? super Done, ? extends T> done, Function<? super Refused, ? extends T> refused) {
            return done.apply(this);
        }
    }

    /** Nothing was sent or taken, and why. */
    record Refused(Reason reason) implements ExchangeResult {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(Function<? super Done, ? extends T> done, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
