package io.gatehouse.codes.revoke;

import io.gatehouse.codes.internal.cbor.CborException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** DEFLATE in the ZLIB format (RFC 1950 and 1951), as the Token Status List has it; what is inflated is bounded. Stateless. */
final class Deflated {
    private static final int CHUNK = 16_384;

    private Deflated() {}

    static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * What was deflated.
     *
     * @param limit as many bytes as it may be
     * @throws CborException if it is more, is no such stream, or has anything after its end
     */
    static byte[] inflate(byte[] deflated, int limit) throws CborException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, CHUNK));
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && !inflater.finished()) {
                    throw new CborException("the compressed bytes end too early or need a dictionary");
                }
                if (out.size() + count > limit) {
                    throw new CborException("the compressed bytes are of more than the " + limit + " allowed");
                }
                out.write(chunk, 0, count);
            }
            if (inflater.getRemaining() > 0) {
                throw new CborException(inflater.getRemaining() + " bytes after the end of the compressed ones");
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new CborException("the compressed bytes are broken: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
