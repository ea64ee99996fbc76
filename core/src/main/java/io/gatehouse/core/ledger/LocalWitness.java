package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.WitnessRefusedException.Reason;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Cosignature;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.ledger.verify.WitnessKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A witness of one ledger within the program, which keeps the newest checkpoint that it cosigned in a file. It is worth
 * what its place is: run it under other hands than the ledger, or at least with its file and its key on another host.
 * Thread-safe within one instance; one program at a time uses a file.
 *
 * <p>It follows the ledger's changes of key: a checkpoint that is a {@link KeyChange} signed by both keys, one of them
 * trusted, makes it trust the new one from then on.
 */
public final class LocalWitness implements Witness {
    private static final int MAX_FILE_BYTES = 128 << 10;

    private final WitnessKey key;
    private final PrivateKey privateKey;
    private final Path file;
    private final InstantSource clock;
    private Seen seen;

    /** What is kept: the key that is trusted, and the newest checkpoint, whose place is empty at first. */
    private record Seen(VerifierKey trusted, Optional<CheckpointNote> newest, String note) {
        long size() {
            return newest.map(CheckpointNote::size).orElse(0L);
        }
    }

    private LocalWitness(WitnessKey key, PrivateKey privateKey, Path file, InstantSource clock, Seen seen) {
        this.key = key;
        this.privateKey = privateKey;
        this.file = file;
        this.clock = clock;
        this.seen = seen;
    }

    /**
     * A witness with the checkpoint in a file, or with none yet if there is no file.
     *
     * @param privateKey the Ed25519 key of {@code key}; used for nothing else
     * @param ledger     the key of the ledger, of which {@code file} may know a newer one
     * @throws IOException              if the file cannot be read, was altered or is of another ledger
     * @throws IllegalArgumentException if the private key is not that of {@code key}
     */
    public static LocalWitness open(
            Path file, WitnessKey key, PrivateKey privateKey, VerifierKey ledger, InstantSource clock)
            throws IOException {
        Objects.requireNonNull(clock, "clock");
        Seen seen = Files.exists(file) ? read(file) : new Seen(ledger, Optional.empty(), "");
        if (!seen.trusted().name().equals(ledger.name())) {
            throw new LedgerException(file + " is of the ledger "
                    + seen.trusted().name() + ", not of " + ledger.name() + ": give each ledger a file of its own");
        }
        LocalWitness witness = new LocalWitness(key, privateKey, file.toAbsolutePath(), clock, seen);
        CheckpointNote trial = CheckpointNote.parse(
                CheckpointNote.sign(CheckpointNote.body(ledger.name(), 0, new byte[32]), ledger, new byte[64]));
        if (!witness.cosignature(trial).isOf(trial)) {
            throw new IllegalArgumentException("the private key is not that of the witness " + key.name());
        }
        return witness;
    }

    private static Seen read(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalArgumentException("it is too long");
            }
            String[] parts = Files.readString(file).split("\n", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("it ends early");
            }
            VerifierKey trusted = VerifierKey.parse(parts[0]);
            CheckpointNote newest = CheckpointNote.parse(parts[1]);
            if (newest.signed(trusted) != CheckpointNote.Signed.BY_THIS_KEY) {
                throw new IllegalArgumentException("its checkpoint is not signed by its key");
            }
            return new Seen(trusted, Optional.of(newest), parts[1]);
        } catch (IllegalArgumentException e) {
            throw new LedgerException(
                    "the witness's file " + file + " was altered, " + e.getMessage()
                            + ": put back a copy of it, for without it a rollback is not noticed",
                    e);
        }
    }

    @Override
    public WitnessKey key() {
        return key;
    }

    @Override
    public synchronized long lastSize(String origin) throws IOException {
        requireKnown(origin);
        return seen.size();
    }

    @Override
    public synchronized Cosignature cosign(long oldSize, List<byte[]> consistency, CheckpointNote checkpoint)
            throws IOException {
        requireKnown(checkpoint.origin());
        if (checkpoint.signed(seen.trusted()) != CheckpointNote.Signed.BY_THIS_KEY) {
            throw new WitnessRefusedException(
                    Reason.NOT_SIGNED, "the checkpoint is not signed by the key that " + key.name() + " trusts");
        }
        VerifierKey trusted = trustedAfter(checkpoint);
        requireFollows(oldSize, consistency, checkpoint);
        Cosignature cosignature = cosignature(checkpoint);
        Seen next = new Seen(trusted, Optional.of(checkpoint), checkpoint.toNote());
        write(next);
        seen = next;
        return cosignature;
    }

    private void requireKnown(String origin) throws WitnessRefusedException {
        if (!origin.equals(seen.trusted().name())) {
            throw new WitnessRefusedException(
                    Reason.UNKNOWN_LEDGER,
                    key.name() + " is a witness of " + seen.trusted().name() + ", not of " + origin);
        }
    }

    private VerifierKey trustedAfter(CheckpointNote checkpoint) throws WitnessRefusedException {
        if (!KeyChange.isChange(checkpoint)) {
            return seen.trusted();
        }
        try {
            KeyChange change = KeyChange.of(checkpoint);
            boolean isPast = change.to().equals(seen.trusted());
            if (change.signedByBoth() && (isPast || change.from().equals(seen.trusted()))) {
                return change.to();
            }
        } catch (IllegalArgumentException e) {
            throw new WitnessRefusedException(Reason.NOT_SIGNED, "the change of key is none: " + e.getMessage());
        }
        throw new WitnessRefusedException(
                Reason.NOT_SIGNED, "the change of key is not signed by both keys, of which one is trusted");
    }

    private void requireFollows(long oldSize, List<byte[]> consistency, CheckpointNote checkpoint)
            throws WitnessRefusedException {
        long last = seen.size();
        if (checkpoint.size() < last) {
            throw new WitnessRefusedException(
                    Reason.ROLLED_BACK,
                    "the checkpoint has " + checkpoint.size() + " entries, but " + key.name() + " has seen " + last
                            + ": the ledger was cut, or a backup was restored over newer entries");
        }
        if (oldSize != last) {
            throw new WitnessRefusedException(
                    Reason.OTHER_SIZE, key.name() + " has last seen " + last + " entries, not " + oldSize);
        }
        boolean follows = last == 0
                ? consistency.isEmpty()
                : MerkleProofs.verifyConsistency(
                        last, checkpoint.size(), seen.newest().orElseThrow().root(), checkpoint.root(), consistency);
        if (!follows) {
            throw new WitnessRefusedException(
                    Reason.FORKED,
                    "the checkpoint of " + checkpoint.size() + " entries does not follow from that of " + last
                            + " that " + key.name()
                            + " has seen: the ledger was given another past; keep both as evidence");
        }
    }

    private Cosignature cosignature(CheckpointNote checkpoint) {
        long seconds = clock.instant().getEpochSecond();
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(privateKey);
            ed25519.update(Cosignature.message(checkpoint, seconds));
            return new Cosignature(key, seconds, ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key of the witness " + key.name() + " cannot sign", e);
        }
    }

    /** On the disk before anybody has the cosignature: a witness that forgets could cosign a fork. */
    private void write(Seen next) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        byte[] bytes = (next.trusted() + "\n" + next.note()).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_FILE_BYTES) {
            throw new IllegalArgumentException("the checkpoint is too long");
        }
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory();
    }

    /** The new name, too, where the system lets a directory be opened (POSIX). */
    private void syncDirectory() throws IOException {
        Path directory = file.getParent();
        if (directory != null
                && directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public String toString() {
        return "LocalWitness[" + key.name() + " of " + seen.trusted().name() + "]";
    }
}
