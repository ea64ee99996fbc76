package io.gatehouse.codes.internal.cose;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import java.util.Arrays;

/**
 * Public keys as COSE_Key (RFC 9052 §7): Ed25519 (RFC 9053 §7.2, OKP) and P-256 (§7.1.1, EC2, with the sign of y only).
 * One encoding each, no other parameters.
 */
public final class CoseKeyCodec {
    private static final int KTY = 1;
    private static final int CRV = -1;
    private static final int X = -2;
    private static final int Y = -3;
    private static final int OKP = 1;
    private static final int EC2 = 2;
    private static final int CURVE_P256 = 1;
    private static final int CURVE_ED25519 = 6;
    private static final int COORDINATE = 32;
    private static final byte EVEN = 2;
    private static final byte ODD = 3;

    private CoseKeyCodec() {}

    /**
     * A key as it was read.
     *
     * @param encoded 32 bytes of Ed25519, or the 33 of a compressed point of P-256
     */
    public record Read(boolean isEd25519, byte[] encoded) {}

    /** Writes a key; its bytes are as in {@link Read}. */
    public static void write(CborWriter out, boolean isEd25519, byte[] encoded) {
        if (isEd25519) {
            out.mapHead(3).integer(KTY).integer(OKP).integer(CRV).integer(CURVE_ED25519);
            out.integer(X).bytes(encoded);
        } else {
            out.mapHead(4).integer(KTY).integer(EC2).integer(CRV).integer(CURVE_P256);
            out.integer(X).bytes(Arrays.copyOfRange(encoded, 1, encoded.length));
            out.integer(Y).bool(encoded[0] == ODD);
        }
    }

    /** Reads a key; whether its bytes are a point is not looked at. */
    public static Read read(CborReader reader) throws CborException {
        Parameters key = new Parameters();
        int count = reader.readIntegerMap(4, label -> key.read((int) label, label, reader));
        boolean ed25519 = count == 3 && key.type == OKP && key.curve == CURVE_ED25519 && !key.hasY;
        boolean p256 = count == 4 && key.type == EC2 && key.curve == CURVE_P256 && key.hasY;
        if (key.x.length != COORDINATE || (!ed25519 && !p256)) {
            throw new CborException("the key is neither Ed25519 nor a compressed point of P-256");
        }
        return new Read(ed25519, ed25519 ? key.x : key.compressed());
    }

    private static final class Parameters {
        private long type;
        private long curve;
        private byte[] x = {};
        private boolean hasY;
        private boolean oddY;

        void read(int number, long label, CborReader reader) throws CborException {
            switch (number == label ? number : 0) {
                case KTY -> type = reader.readUnsigned(EC2);
                case CRV -> curve = reader.readUnsigned(CURVE_ED25519);
                case X -> x = reader.readBytes(COORDINATE);
                case Y -> {
                    hasY = true;
                    oddY = reader.readBoolean();
                }
                default -> throw new CborException("the parameter " + label + " is not one of a holder's key");
            }
        }

        byte[] compressed() {
            byte[] point = new byte[1 + COORDINATE];
            point[0] = oddY ? ODD : EVEN;
            System.arraycopy(x, 0, point, 1, COORDINATE);
            return point;
        }
    }
}
