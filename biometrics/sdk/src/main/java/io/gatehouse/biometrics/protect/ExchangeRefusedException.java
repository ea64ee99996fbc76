package io.gatehouse.biometrics.protect;

import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.util.Objects;

/** An exchange file is not taken, and why: damaged, forged, for somebody else, or of terms that do not hold here. */
public final class ExchangeRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // A record of two texts.
    private final Reason reason;

    public ExchangeRefusedException(Reason reason) {
        super(Objects.requireNonNull(reason, "reason").text());
        this.reason = reason;
    }

    static ExchangeRefusedException of(String code, String text) {
        return new ExchangeRefusedException(Reason.of("exchange." + code, text));
    }

    public Reason reason() {
        return reason;
    }
}
