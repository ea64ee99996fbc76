package io.gatehouse.devices.scan;

import io.gatehouse.core.reason.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a protocol makes of bytes: a code, or a reason why there is none. */
@SuppressWarnings("ArrayRecordComponent") // Seen within this package only, and never changed.
record Frame(
        byte[] payload,
        Optional<AimIdentifier> symbol,
        @Nullable Reason wrong) {
    static Frame of(byte[] payload) {
        return new Frame(payload, Optional.empty(), null);
    }

    static Frame wrong(String code, String text, Object... arguments) {
        return new Frame(new byte[0], Optional.empty(), Reason.format(code, text, arguments));
    }
}
