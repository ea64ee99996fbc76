package io.gatehouse.codes.internal.cose;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One of the two header maps of a COSE message (RFC 9052 §3.1): the algorithm and the key's identifier are read, other
 * parameters are passed over and counted, {@code crit} is refused since nothing that it could name is understood.
 *
 * @param algorithm number of the algorithm; {@link #NAMED_ALGORITHM} if it is a name instead
 * @param keyId     {@code kid}
 * @param count     how many parameters there are
 */
record CoseHeaders(OptionalLong algorithm, Optional<byte[]> keyId, int count) {
    /** Stands for an algorithm given by name; number 0 is reserved by the registry of COSE algorithms. */
    static final long NAMED_ALGORITHM = 0;

    static final CoseHeaders NONE = new CoseHeaders(OptionalLong.empty(), Optional.empty(), 0);

    private static final long ALG = 1;
    private static final long CRIT = 2;
    private static final long KID = 4;
    private static final int MAX_COUNT = 16;
    private static final int MAX_NAME = 64;
    private static final int MAX_KID = 64;

    static CoseHeaders read(CborReader reader) throws CborException {
        Builder builder = new Builder();
        int count = reader.readIntegerMap(MAX_COUNT, label -> {
            if (label == ALG) {
                builder.algorithm = OptionalLong.of(readAlgorithm(reader));
            } else if (label == KID) {
                builder.keyId = Optional.of(reader.readBytes(MAX_KID));
            } else if (label == CRIT) {
                throw new CborException("a critical header, and none is understood");
            } else {
                reader.skip();
            }
        });
        return new CoseHeaders(builder.algorithm, builder.keyId, count);
    }

    /** Whether a parameter that is read stands in both, which RFC 9052 §3 forbids. */
    boolean overlap(CoseHeaders other) {
        boolean algorithms = algorithm.isPresent() && other.algorithm.isPresent();
        boolean keyIds = keyId.isPresent() && other.keyId.isPresent();
        return algorithms || keyIds;
    }

    private static long readAlgorithm(CborReader reader) throws CborException {
        if (reader.nextIsText()) {
            reader.readText(MAX_NAME);
            return NAMED_ALGORITHM;
        }
        return reader.readInteger();
    }

    private static final class Builder {
        OptionalLong algorithm = OptionalLong.empty();
        Optional<byte[]> keyId = Optional.empty();
    }
}
