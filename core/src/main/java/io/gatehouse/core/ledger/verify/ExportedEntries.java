package io.gatehouse.core.ledger.verify;

import io.gatehouse.core.internal.FieldReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the canonical bytes of entries from an exported ledger (C2SP {@code tlog-tiles}), one after the other in a memory
 * that does not grow. It checks forms and lengths, not hashes or signatures: {@link LedgerVerifier} first. Immutable and
 * thread-safe.
 */
public final class ExportedEntries {
    private static final int LENGTH_BYTES = 2;

    private final Path directory;
    private final CheckpointNote checkpoint;

    private ExportedEntries(Path directory, CheckpointNote checkpoint) {
        this.directory = directory;
        this.checkpoint = checkpoint;
    }

    /** Takes an entry. */
    @FunctionalInterface
    public interface Sink {
        void entry(long index, byte[] content) throws IOException;
    }

    /**
     * What the canonical bytes of an entry tell without a key, for whoever has an export: all but the person and the personal
     * facts. Immutable and thread-safe.
     *
     * @param id         of the event
     * @param occurredAt when it happened
     * @param recordedAt when the ledger took it
     * @param kind       what kind of thing happened
     * @param portal     where; empty if at no portal
     * @param zone       of which zone; empty if of none
     * @param pseudonym  lower-case hex of what stands for the person; empty if there is none or they were withheld
     * @param facts      in clear
     */
    public record Content(
            UUID id,
            Instant occurredAt,
            Instant recordedAt,
            String kind,
            Optional<String> portal,
            Optional<String> zone,
            Optional<String> pseudonym,
            Map<String, String> facts) {
        private static final byte FORMAT = 1;
        private static final byte PSEUDONYM = 1;
        private static final byte WITHHELD = 2;
        private static final int PSEUDONYM_BYTES = 16;

        public Content {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(occurredAt, "occurredAt");
            Objects.requireNonNull(recordedAt, "recordedAt");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(portal, "portal");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(pseudonym, "pseudonym");
            facts = Map.copyOf(facts);
        }

        /**
         * Reads an entry's canonical bytes, such as a {@link Sink} takes.
         *
         * @throws IOException if they are none
         */
        public static Content read(byte[] content) throws IOException {
            return FieldReader.whole(
                    content,
                    FORMAT,
                    Content::entry,
                    cause -> new IOException("an entry is not in canonical form: it was altered or cut", cause));
        }

        private static Content entry(FieldReader in) throws CharacterCodingException {
            UUID id = in.id();
            Instant occurredAt = in.instant();
            Instant recordedAt = in.instant();
            String kind = in.text();
            Optional<String> portal = in.optionalText();
            Optional<String> zone = in.optionalText();
            byte person = in.octet();
            in.require(person >= 0 && person <= WITHHELD);
            Optional<String> pseudonym = person == PSEUDONYM
                    ? Optional.of(HexFormat.of().formatHex(in.take(PSEUDONYM_BYTES)))
                    : Optional.empty();
            Map<String, String> facts = in.facts();
            byte[] sealed = in.block();
            in.require(sealed.length == 0 || person == PSEUDONYM);
            return new Content(id, occurredAt, recordedAt, kind, portal, zone, pseudonym, facts);
        }
    }

    /**
     * The entries of the export in this directory.
     *
     * @throws IOException if there is none, or its checkpoint cannot be read
     */
    public static ExportedEntries open(Path directory) throws IOException {
        Objects.requireNonNull(directory, "directory");
        Optional<byte[]> note = new ExportFiles(directory).read(TilePath.CHECKPOINT, CheckpointNote.MAX_CHARACTERS);
        if (note.isEmpty()) {
            throw new IOException(directory + " holds no exported ledger: its file '" + TilePath.CHECKPOINT
                    + "' is missing; give the directory that a ledger was exported to");
        }
        try {
            return new ExportedEntries(directory, CheckpointNote.parse(new String(note.get(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new IOException("The checkpoint in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What the export says of itself; whether its signature is right is asked by {@link CheckpointNote#signed}. */
    public CheckpointNote checkpoint() {
        return checkpoint;
    }

    /**
     * Hands over the entries from an index on, before another, in order.
     *
     * @throws IOException              if a file is missing or breaks off, or what the sink threw
     * @throws IllegalArgumentException if the range is not within the export
     */
    public void read(long from, long end, Sink sink) throws IOException {
        if (from < 0 || from > end || end > checkpoint.size()) {
            throw new IllegalArgumentException(
                    "the export has the entries before " + checkpoint.size() + ", not " + from + " to " + end);
        }
        ExportFiles files = new ExportFiles(directory);
        for (long first = from - from % TilePath.WIDTH; first < end; first += TilePath.WIDTH) {
            int width = (int) Math.min(TilePath.WIDTH, checkpoint.size() - first);
            String name = TilePath.entries(first / TilePath.WIDTH, width);
            byte[] bundle = files.read(name, BundleCheck.maxBytes(width))
                    .orElseThrow(() -> new IOException("The file " + name + " of the export is missing."));
            ByteBuffer rest = ByteBuffer.wrap(bundle);
            for (long index = first; index < Math.min(first + width, end); index++) {
                byte[] content = next(rest, name, index);
                if (index >= from) {
                    sink.entry(index, content);
                }
            }
        }
    }

    /**
     * The changes of the signing key in it, as far as each is signed by both keys and follows the one before. Whether
     * they stand on a whole ledger is for {@link LedgerVerifier} to say.
     *
     * @throws IOException if a file is missing or breaks off
     */
    public KeyChain keyChain() throws IOException {
        KeyChain chain = new KeyChain();
        read(0, checkpoint.size(), (index, content) -> {
            Optional<String> note = KeyChangeEntry.note(content, 0, content.length);
            if (note.isPresent()) {
                Optional<String> wrong = chain.take(index, note.get(), Optional.empty());
                if (wrong.isPresent()) {
                    throw new IOException("The change of the signing key in entry " + index + " of " + directory
                            + " is false: " + wrong.get() + ".");
                }
            }
        });
        return chain;
    }

    private static byte[] next(ByteBuffer rest, String name, long index) throws IOException {
        int length = rest.remaining() < LENGTH_BYTES ? -1 : rest.getShort() & 0xFFFF;
        if (length < 0 || length > rest.remaining()) {
            throw new IOException("The file " + name + " of the export breaks off within entry " + index + ".");
        }
        byte[] content = new byte[length];
        rest.get(content);
        return content;
    }

    @Override
    public String toString() {
        return "ExportedEntries[" + directory + ", " + checkpoint + "]";
    }
}
