package io.gatehouse.devices.fleet.firmware;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** What became of an update. Sealed, immutable, thread-safe. */
public sealed interface FirmwareOutcome {
    <T> T fold(
            Function<? super Updated, ? extends T> updated,
            Function<? super Refused, ? extends T> refused,
            Function<? super RolledBack, ? extends T> rolledBack,
            Function<? super Uncertain, ? extends T> uncertain);

    /** The new one runs and does its work. */
    record Updated(FirmwareVersion from, FirmwareVersion to) implements FirmwareOutcome {
        public Updated {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public <T> T fold(
                Function<? super Updated, ? extends T> updated,
                Function<? super Refused, ? extends T> refused,
                Function<? super RolledBack, ? extends T> rolledBack,
                Function<? super Uncertain, ? extends T> uncertain) {
            return updated.apply(this);
        }
    }

    /** The device was not touched, or took the image and goes on with the old one. */
    record Refused(Reason reason) implements FirmwareOutcome {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Updated, ? extends T> updated,
                Function<? super Refused, ? extends T> refused,
                Function<? super RolledBack, ? extends T> rolledBack,
                Function<? super Uncertain, ? extends T> uncertain) {
            return refused.apply(this);
        }
    }

    /** The new one did not do its work; the old one runs again. */
    record RolledBack(FirmwareVersion running, Reason reason) implements FirmwareOutcome {
        public RolledBack {
            Objects.requireNonNull(running, "running");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Updated, ? extends T> updated,
                Function<? super Refused, ? extends T> refused,
                Function<? super RolledBack, ? extends T> rolledBack,
                Function<? super Uncertain, ? extends T> uncertain) {
            return rolledBack.apply(this);
        }
    }

    /** Nobody knows what runs: somebody has to go there. */
    record Uncertain(Reason reason) implements FirmwareOutcome {
        public Uncertain {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Updated, ? extends T> updated,
                Function<? super Refused, ? extends T> refused,
                Function<? super RolledBack, ? extends T> rolledBack,
                Function<? super Uncertain, ? extends T> uncertain) {
            return uncertain.apply(this);
        }
    }
}
