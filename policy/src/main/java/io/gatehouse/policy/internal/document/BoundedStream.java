package io.gatehouse.policy.internal.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error where a document is longer than it may be. */
final class BoundedStream extends FilterInputStream {
    private final long limit;
    private long left;

    BoundedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    /** The document is longer than its limit. */
    static final class TooLongException extends IOException {
        TooLongException(long limit) {
            super(tooLong(limit));
        }
    }

    static String tooLong(long limit) {
        return "expected at most " + limit + " bytes, found more: split it into several files or raise the limit";
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) throws TooLongException {
        left -= bytes;
        if (left < 0) {
            throw new TooLongException(limit);
        }
    }
}
