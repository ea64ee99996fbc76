package io.gatehouse.codes.rolling;

import io.gatehouse.codes.internal.text.CodeText;
import io.gatehouse.codes.internal.text.CodeText.Form;
import java.time.Instant;
import java.util.Objects;

/**
 * What a phone shows during one step, in any of three forms, as a pass has them. Immutable and thread-safe; {@code toString}
 * leaves the code out, since whoever has it has the pass for some seconds.
 */
public final class ShownCode {
    private final CodeText kind;
    private final byte[] code;
    private final Instant until;

    ShownCode(CodeText kind, byte[] code, Instant until) {
        this.kind = kind;
        this.code = code;
        this.until = Objects.requireNonNull(until, "until");
    }

    /** For QR codes: a prefix of 4 characters and base45. */
    public String text() {
        return kind.writeText(Form.BASE45, code);
    }

    /** For scanners that type what they read: a prefix of 4 digits and digits. */
    public String digits() {
        return kind.writeText(Form.DIGITS, code);
    }

    /** For cameras of ours: a prefix of 4 bytes and the code's bytes. */
    public byte[] bytes() {
        return kind.write(Form.BYTES, code);
    }

    /** When the next one is to be shown. */
    public Instant until() {
        return until;
    }

    @Override
    public String toString() {
        return "ShownCode[" + code.length + " bytes, until " + until + "]";
    }
}
