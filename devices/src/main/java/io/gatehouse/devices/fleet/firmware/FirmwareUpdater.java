package io.gatehouse.devices.fleet.firmware;

import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings new firmware to a device, step by step: the signature, the kind, the version (never an older one, nor over one
 * that is too old), then the device takes it, starts it, and must say that it runs and does its work; if not, the old one
 * is started again. Thread-safe.
 */
public final class FirmwareUpdater {
    private static final int MAX_SAID = 200;

    private final FirmwareVerifier verifier;

    private FirmwareUpdater(FirmwareVerifier verifier) {
        this.verifier = Objects.requireNonNull(verifier, "verifier");
    }

    public static FirmwareUpdater create(FirmwareVerifier verifier) {
        return new FirmwareUpdater(verifier);
    }

    /** Tries it once; never throws for what a device does. */
    public FirmwareOutcome update(FirmwarePort device, byte[] bytes) {
        return verifier.verify(bytes)
                .fold(
                        trusted -> update(device, trusted.image()),
                        untrusted -> new FirmwareOutcome.Refused(untrusted.reason()));
    }

    private static FirmwareOutcome update(FirmwarePort device, FirmwareImage image) {
        FirmwareVersion before;
        try {
            before = device.running();
            Optional<Reason> unfit = whyNot(device, image, before);
            if (unfit.isPresent()) {
                return new FirmwareOutcome.Refused(unfit.get());
            }
            device.stage(image);
        } catch (IOException e) {
            return new FirmwareOutcome.Refused(
                    Reason.format("firmware.not-taken", "The device did not take %s: %s.", image.version(), said(e)));
        }
        Optional<Reason> broken = activate(device, image);
        return broken.isEmpty()
                ? new FirmwareOutcome.Updated(before, image.version())
                : rollBack(device, before, broken.get());
    }

    private static Optional<Reason> whyNot(FirmwarePort device, FirmwareImage image, FirmwareVersion running) {
        if (!image.kind().equals(device.kind())) {
            return Optional.of(Reason.format(
                    "firmware.other-kind", "The image is for a %s, this is a %s.", image.kind(), device.kind()));
        }
        if (image.version().compareTo(running) <= 0) {
            return Optional.of(
                    Reason.format("firmware.not-newer", "%s runs already, %s is not newer.", running, image.version()));
        }
        return image.requires().compareTo(running) > 0
                ? Optional.of(Reason.format(
                        "firmware.too-far",
                        "%s runs; %s can be installed over %s and newer: install that first.",
                        running,
                        image.version(),
                        image.requires()))
                : Optional.empty();
    }

    private static Optional<Reason> activate(FirmwarePort device, FirmwareImage image) {
        try {
            device.activate();
            FirmwareVersion running = device.running();
            if (!running.equals(image.version())) {
                return Optional.of(
                        Reason.format("firmware.not-running", "%s was started and %s runs.", image.version(), running));
            }
            return device.isHealthy()
                    ? Optional.empty()
                    : Optional.of(Reason.format(
                            "firmware.not-healthy", "%s runs and does not do its work.", image.version()));
        } catch (IOException e) {
            return Optional.of(Reason.format(
                    "firmware.no-answer", "%s was started and does not answer: %s.", image.version(), said(e)));
        }
    }

    private static FirmwareOutcome rollBack(FirmwarePort device, FirmwareVersion before, Reason why) {
        try {
            device.rollBack();
            FirmwareVersion running = device.running();
            return running.equals(before) && device.isHealthy()
                    ? new FirmwareOutcome.RolledBack(running, why)
                    : new FirmwareOutcome.Uncertain(Reason.format(
                            "firmware.rolled-back-badly",
                            "%s does not do its work after going back from: %s",
                            running,
                            why.text()));
        } catch (IOException e) {
            return new FirmwareOutcome.Uncertain(Reason.format(
                    "firmware.stuck", "The device did not go back to %s: %s. Before: %s", before, said(e), why.text()));
        }
    }

    /** A reason's text has its limit, an exception's has none. */
    private static String said(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.length() <= MAX_SAID ? text : text.substring(0, MAX_SAID) + "…";
    }
}
