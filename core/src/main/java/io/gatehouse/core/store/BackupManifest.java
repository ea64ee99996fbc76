package io.gatehouse.core.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What one backup consists of: the names of its chunks in order, and the digest of the whole. It is encrypted as one:
 *
 * <pre>
 * 1 byte   1, the version          8 bytes  number       8 bytes  milliseconds since 1970
 * 8 bytes  size of the database    32 bytes its SHA-256  4 bytes  number of chunks, then 32 bytes for each
 * </pre>
 */
record BackupManifest(long number, Instant takenAt, long bytes, byte[] sha256, List<String> chunks) {
    private static final int VERSION = 1;

    byte[] encode() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            out.writeLong(number);
            out.writeLong(takenAt.toEpochMilli());
            out.writeLong(this.bytes);
            out.write(sha256);
            out.writeInt(chunks.size());
            for (String chunk : chunks) {
                out.write(HexFormat.of().parseHex(chunk));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /** Throws if this is of another version or length. */
    static BackupManifest decode(byte[] encoded) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("it is of version " + version + ", this program knows " + VERSION);
        }
        long number = in.readLong();
        Instant takenAt = Instant.ofEpochMilli(in.readLong());
        long bytes = in.readLong();
        byte[] sha256 = in.readNBytes(BackupCipher.NAME_BYTES);
        int count = in.readInt();
        if (count < 0 || in.available() != (long) count * BackupCipher.NAME_BYTES) {
            throw new IOException("it names " + count + " chunks in " + in.available() + " bytes");
        }
        List<String> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chunks.add(HexFormat.of().formatHex(in.readNBytes(BackupCipher.NAME_BYTES)));
        }
        return new BackupManifest(number, takenAt, bytes, sha256, List.copyOf(chunks));
    }

    Backup backup(int newChunks) {
        return new Backup(number, takenAt, bytes, chunks.size(), newChunks);
    }
}
