package io.gatehouse.biometrics.modeltools.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Takes named files out of a gzipped tar archive (POSIX.1-1988 ustar, as npm writes it) into memory.
 *
 * <p>Nothing is ever written where the archive says: the caller names what it wants and gets bytes, so a path such as
 * {@code ../x} in the archive can do no harm. An entry larger than the limit, a broken header or an early end throw.
 */
final class TarGz {
    private static final int BLOCK = 512;

    private final long maxFileBytes;

    /** Refuses wanted entries of more than {@code maxFileBytes}. */
    TarGz(long maxFileBytes) {
        this.maxFileBytes = maxFileBytes;
    }

    /** The wanted entries that the archive has. Stops reading once it has found them all. */
    Map<String, byte[]> read(InputStream archive, Set<String> wanted) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        byte[] header = new byte[BLOCK];
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(archive), 1 << 16)) {
            while (found.size() < wanted.size() && nextHeader(in, header)) {
                String name = name(header);
                long size = octal(header, 124, 12);
                boolean regular = header[156] == '0' || header[156] == 0;
                long read = 0;
                if (regular && wanted.contains(name)) {
                    found.put(name, content(in, name, size));
                    read = size;
                }
                in.skipNBytes(paddedTo(size) - read);
            }
        }
        return found;
    }

    private byte[] content(InputStream in, String name, long size) throws IOException {
        if (size > maxFileBytes) {
            throw new IOException(name + " claims " + size + " bytes, the limit is " + maxFileBytes);
        }
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw new EOFException(name + " ends after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    private static boolean nextHeader(InputStream in, byte[] header) throws IOException {
        if (in.readNBytes(header, 0, BLOCK) < BLOCK) {
            throw new EOFException("the archive ends without its closing block");
        }
        long sum = 0;
        boolean blank = true;
        for (int i = 0; i < BLOCK; i++) {
            blank &= header[i] == 0;
            // The checksum counts its own eight bytes as spaces.
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (blank) {
            return false;
        }
        if (sum != octal(header, 148, 8)) {
            throw new IOException("a header of the archive is damaged");
        }
        return true;
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        String digits = text(header, from, length).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("a header of the archive has a number that is none");
        }
        return Long.parseLong(digits, 8);
    }

    private static long paddedTo(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }
}
