package io.gatehouse.devices.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Takes off what a scanner puts round a code: prefix, AIM identifier, suffix. Stateless. */
final class Trimmer {
    private final ScannerOptions options;
    private final byte[] prefix;
    private final byte[] suffix;

    Trimmer(ScannerOptions options) {
        this.options = options;
        this.prefix = options.prefix().getBytes(StandardCharsets.ISO_8859_1);
        this.suffix = options.suffix().getBytes(StandardCharsets.ISO_8859_1);
    }

    Frame trim(Frame frame) {
        if (frame.wrong() != null) {
            return frame;
        }
        byte[] code = frame.payload();
        int end = code.length - suffix.length;
        if (end < prefix.length
                || !Arrays.equals(code, 0, prefix.length, prefix, 0, prefix.length)
                || !Arrays.equals(code, end, code.length, suffix, 0, suffix.length)) {
            return Frame.wrong(
                    "scan.affix",
                    "The scanner sent a code without its prefix or suffix: it is not set up as it should be.");
        }
        return identified(Arrays.copyOfRange(code, prefix.length, end));
    }

    private Frame identified(byte[] code) {
        if (options.symbologies().isEmpty()) {
            return notEmpty(code, Optional.empty());
        }
        Optional<AimIdentifier> symbol = AimIdentifier.at(code);
        if (symbol.isEmpty()) {
            return Frame.wrong(
                    "scan.no-symbology",
                    "The scanner did not say what kind of code it read: set it up to send AIM identifiers.");
        }
        if (!options.symbologies().contains(symbol.get().symbology())) {
            return Frame.wrong("scan.symbology", "A code of kind %s is not taken here: show your pass.", symbol.get());
        }
        return notEmpty(Arrays.copyOfRange(code, AimIdentifier.LENGTH, code.length), symbol);
    }

    private static Frame notEmpty(byte[] code, Optional<AimIdentifier> symbol) {
        return code.length == 0
                ? Frame.wrong("scan.empty", "The code is empty: show your pass.")
                : new Frame(code, symbol, null);
    }
}
