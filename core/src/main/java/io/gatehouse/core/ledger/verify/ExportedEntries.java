package io.gatehouse.core.ledger.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

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
