package io.gatehouse.codes.token;

import java.util.Objects;

/**
 * A signed pass, ready to be shown. Immutable and thread-safe; {@code toString} leaves the text out, since whoever has it
 * has the pass.
 *
 * @param pass what it says
 * @param text what to put into a QR code: 4 characters of prefix and base45 (RFC 9285), all of QR's alphanumeric mode
 */
public record IssuedPass(Pass pass, String text) {
    public IssuedPass {
        Objects.requireNonNull(pass, "pass");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return "IssuedPass[" + pass + ", " + text.length() + " characters]";
    }
}
