package io.gatehouse.core.vault;

import io.gatehouse.core.internal.DurableFiles;
import io.gatehouse.core.internal.OwnerOnly;
import io.gatehouse.core.vault.ShredEvents.Event;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A file of shred events, which grows at its end:
 *
 * <pre>
 * header  8 bytes "GKSHRED" and 2, the version
 *        32 bytes HMAC-SHA-256 of the 8 before
 * event  16 bytes id              32 bytes subject            16 bytes id of the subject's event before, or zeros
 *         1 byte  1 a renewal, 2 there is an event before, 4 there is a fingerprint, added
 *         8 bytes milliseconds since 1970-01-01T00:00Z        16 bytes fingerprint of the destroyed key, or zeros
 *        32 bytes HMAC-SHA-256 of the 32 bytes of the HMAC before and the 89 here
 * end     8 bytes "GKSHREND"   8 bytes number of events       32 bytes HMAC-SHA-256 of the HMAC before and the 16 here
 * </pre>
 *
 * The HMACs form a chain, so that nothing can be altered, put in, left out or put elsewhere; and what was cut off has no
 * end, which only the vault can make. Version 1 had none. Not thread-safe.
 */
final class ShredList {
    private static final byte[] MAGIC = {'G', 'K', 'S', 'H', 'R', 'E', 'D', 2};
    private static final byte[] OLD_MAGIC = {'G', 'K', 'S', 'H', 'R', 'E', 'D', 1};
    private static final byte[] END = {'G', 'K', 'S', 'H', 'R', 'E', 'N', 'D'};
    private static final int MAC_BYTES = 32;
    private static final int SUBJECT_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 16;
    private static final int HEADER_BYTES = MAGIC.length + MAC_BYTES;
    private static final int BODY_BYTES = ShredEvents.ID_BYTES * 2 + SUBJECT_BYTES + 1 + Long.BYTES + FINGERPRINT_BYTES;
    private static final int EVENT_BYTES = BODY_BYTES + MAC_BYTES;
    private static final int END_BYTES = 2 * Long.BYTES + MAC_BYTES;
    private static final int RENEWAL = 1;
    private static final int PREVIOUS = 2;
    private static final int FINGERPRINT = 4;

    private final Path file;
    private final HmacKey key;
    private final boolean isOld;
    private byte[] mac;
    private long events;
    private boolean isCut;

    private ShredList(Path file, HmacKey key, boolean isOld) {
        this.file = file;
        this.key = key;
        this.isOld = isOld;
        this.mac = key.hash(isOld ? OLD_MAGIC : MAGIC);
    }

    @FunctionalInterface
    interface Reader {
        void take(Event event) throws IOException;
    }

    @FunctionalInterface
    interface Source {
        /** The next events, none at the end. */
        List<Event> next() throws IOException;
    }

    long events() {
        return events;
    }

    /**
     * Reads a list, each event once it is known to be genuine.
     *
     * @throws VaultException if it is missing, of another vault, or was altered
     */
    static ShredList read(Path file, HmacKey key, Reader reader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] header = in.readNBytes(HEADER_BYTES);
            byte[] magic = Arrays.copyOf(header, MAGIC.length);
            boolean isOld = Arrays.equals(OLD_MAGIC, magic);
            if (header.length < HEADER_BYTES || !(isOld || Arrays.equals(MAGIC, magic))) {
                throw new VaultException(file + " is no list of shreddings.");
            }
            ShredList list = new ShredList(file, key, isOld);
            if (!MessageDigest.isEqual(list.mac, Arrays.copyOfRange(header, MAGIC.length, HEADER_BYTES))) {
                throw new VaultException("The list of shreddings " + file + " is another vault's, or was altered.");
            }
            byte[] record = in.readNBytes(EVENT_BYTES);
            while (record.length == EVENT_BYTES) {
                reader.take(list.genuine(record));
                list.events++;
                record = in.readNBytes(EVENT_BYTES);
            }
            list.isCut = isOld ? record.length > 0 : !list.isEnd(record);
            return list;
        } catch (NoSuchFileException e) {
            throw new VaultException("The list of shreddings " + file + " is missing.", e);
        }
    }

    private Event genuine(byte[] record) throws VaultException {
        byte[] body = Arrays.copyOf(record, BODY_BYTES);
        byte[] expected = key.hash(mac, body);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(record, BODY_BYTES, EVENT_BYTES))) {
            throw new VaultException("The list of shreddings " + file + " was altered at event " + (events + 1) + ".");
        }
        mac = expected;
        return decode(body);
    }

    /** Whether these bytes after the events are the end; others are what is left of an event, or of nothing. */
    private boolean isEnd(byte[] rest) throws VaultException {
        byte[] end = ending(mac, events);
        if (rest.length == END_BYTES
                && Arrays.equals(END, Arrays.copyOf(rest, END.length))
                && !MessageDigest.isEqual(end, rest)) {
            throw new VaultException("The list of shreddings " + file + " was altered at its end.");
        }
        return MessageDigest.isEqual(end, rest);
    }

    /** What shows that a list of so many events, the last with this HMAC, is whole. */
    private byte[] ending(byte[] last, long count) {
        byte[] body =
                ByteBuffer.allocate(2 * Long.BYTES).put(END).putLong(count).array();
        return ByteBuffer.allocate(END_BYTES)
                .put(body)
                .put(key.hash(last, body))
                .array();
    }

    /** Whether the file does not end as its writer ends it; of version 1, whether it ends within an event. */
    boolean isCut() {
        return isCut;
    }

    /** Whether it is of the version whose end shows nothing. */
    boolean isOld() {
        return isOld;
    }

    private long end() {
        return HEADER_BYTES + events * EVENT_BYTES;
    }

    /** Writes a whole list; there is the old one or the new one, never a part. */
    static ShredList write(Path file, HmacKey key, Source source) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        Files.deleteIfExists(part);
        OwnerOnly.createFile(part);
        ShredList list = new ShredList(file, key, false);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            writeFully(
                    channel,
                    ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).put(list.mac).flip());
            list.append(channel, source);
        }
        Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.syncDirectory(absolute.resolveSibling(".").normalize());
        return list;
    }

    /** Adds events; they are durable when this returns. What a writer before left unfinished is overwritten. */
    void append(Source source) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() < end()) {
                throw new VaultException("The list of shreddings " + file + " was cut while in use.");
            }
            channel.position(end());
            append(channel, source);
        }
    }

    private void append(FileChannel channel, Source source) throws IOException {
        byte[] last = mac;
        long count = events;
        for (List<Event> batch = source.next(); !batch.isEmpty(); batch = source.next()) {
            ByteBuffer bytes = ByteBuffer.allocate(batch.size() * EVENT_BYTES);
            for (Event event : batch) {
                byte[] body = encode(event);
                last = key.hash(last, body);
                bytes.put(body).put(last);
                count++;
            }
            writeFully(channel, bytes.flip());
        }
        writeFully(channel, ByteBuffer.wrap(ending(last, count)));
        channel.truncate(channel.position());
        channel.force(true);
        mac = last;
        events = count;
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] encode(Event event) {
        byte[] previous = event.previous();
        byte[] fingerprint = HexFormat.of().parseHex(event.keyFingerprint());
        int flags = (event.isRenewal() ? RENEWAL : 0)
                | (previous == null ? 0 : PREVIOUS)
                | (fingerprint.length == 0 ? 0 : FINGERPRINT);
        return ByteBuffer.allocate(BODY_BYTES)
                .put(event.id())
                .put(event.subject())
                .put(previous == null ? new byte[ShredEvents.ID_BYTES] : previous)
                .put((byte) flags)
                .putLong(event.at().toEpochMilli())
                .put(Arrays.copyOf(fingerprint, FINGERPRINT_BYTES))
                .array();
    }

    private Event decode(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        byte[] id = take(in, ShredEvents.ID_BYTES);
        byte[] subject = take(in, SUBJECT_BYTES);
        byte[] previous = take(in, ShredEvents.ID_BYTES);
        int flags = in.get();
        Instant at = Instant.ofEpochMilli(in.getLong());
        String fingerprint = (flags & FINGERPRINT) == 0 ? "" : HexFormat.of().formatHex(take(in, FINGERPRINT_BYTES));
        return new Event(
                events + 1,
                id,
                subject,
                (flags & PREVIOUS) == 0 ? null : previous,
                (flags & RENEWAL) != 0,
                at,
                fingerprint);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    @Override
    public String toString() {
        return "ShredList[" + file + ", " + events + " events]";
    }
}
