package io.gatehouse.codes.bundle;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** What became of a bundle that was brought to a gate. Sealed, immutable, thread-safe. */
public sealed interface BundleInstallation {

    /** Applies the function of the case that this is. */
    <T> T fold(Function<? super Installed, ? extends T> installed, Function<? super Refused, ? extends T> refused);

    /** The gate works by it, and will after a restart. */
    record Installed(long counter) implements BundleInstallation {
        @Override
        public <T> T fold(
                Function<? super Installed, ? extends T> installed, Function<? super Refused, ? extends T> refused) {
            return installed.apply(this);
        }
    }

    /** The gate goes on by what it had. */
    record Refused(Reason reason) implements BundleInstallation {
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
