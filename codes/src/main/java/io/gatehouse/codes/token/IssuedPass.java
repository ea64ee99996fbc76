package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.text.CodeText.Form;
import java.util.Arrays;
import java.util.Objects;

/**
 * A signed pass, ready to be shown in any of three forms; the verifier takes each, and tells them apart by their
 * prefixes. Immutable and thread-safe; {@code toString} leaves the token out, since whoever has it has the pass.
 *
 * @param pass  what it says
 * @param token the signed bytes, COSE_Sign1
 */
public record IssuedPass(Pass pass, byte[] token) {
    public IssuedPass {
        Objects.requireNonNull(pass, "pass");
        token = token.clone();
    }

    @Override
    public byte[] token() {
        return token.clone();
    }

    /** For QR codes: {@code GH1:} and base45 (RFC 9285), all of QR's alphanumeric mode. */
    public String text() {
        return PassCodec.TEXT.writeText(Form.BASE45, token);
    }

    /** For scanners that type what they read, on whatever keyboard: {@code 7101} and decimal digits. */
    public String digits() {
        return PassCodec.TEXT.writeText(Form.DIGITS, token);
    }

    /** For cameras of ours, which give the bytes of a code as they are: {@code GH1}, a zero byte, and the token. */
    public byte[] bytes() {
        return PassCodec.TEXT.write(Form.BYTES, token);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IssuedPass that && pass.equals(that.pass) && Arrays.equals(token, that.token);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pass, Arrays.hashCode(token));
    }

    @Override
    public String toString() {
        return "IssuedPass[" + pass + ", " + token.length + " bytes]";
    }
}
