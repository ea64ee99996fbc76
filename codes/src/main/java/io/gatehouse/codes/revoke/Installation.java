package io.gatehouse.codes.revoke;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** What became of a status list that was brought to a gate. Sealed, immutable, thread-safe. */
public sealed interface Installation {

    /** Applies the function of the case that this is. */
    <T> T fold(Function<? super Installed, ? extends T> installed, Function<? super Refused, ? extends T> refused);

    /**
     * The gate goes by it, and will after a restart.
     *
     * @param list    the list's number
     * @param version its version
     */
    record Installed(int list, long version) implements Installation {
        @Override
        public <T> T fold(
                Function<? super Installed, ? extends T> installed, Function<? super Refused, ? extends T> refused) {
            return installed.apply(this);
        }
    }

    /** The gate goes on by what it had. */
    record Refused(Reason reason) implements Installation {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Installed, ? extends T> installed, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
