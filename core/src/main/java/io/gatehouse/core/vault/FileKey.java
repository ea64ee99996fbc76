package io.gatehouse.core.vault;

import com.google.crypto.tink.subtle.Random;
import io.gatehouse.core.internal.DurableFiles;
import io.gatehouse.core.internal.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;

/** A key-encryption key in a file of 32 bytes. The file is read when it is needed and not kept in memory. */
final class FileKey implements KeyEncryptionKey {
    private static final byte[] HEADER = {'G', 'K', 'F', 1};

    private final Path file;

    FileKey(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public String kind() {
        return "key file";
    }

    @Override
    public byte[] wrap(byte[] key) throws IOException {
        if (Files.notExists(file)) {
            make();
        }
        byte[] own = read();
        try {
            byte[] sealed = AesGcm.encrypt(AesGcm.of(own), key, HEADER);
            return ByteBuffer.allocate(HEADER.length + sealed.length)
                    .put(HEADER)
                    .put(sealed)
                    .array();
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws IOException {
        if (wrapped.length < HEADER.length || !Arrays.equals(HEADER, Arrays.copyOf(wrapped, HEADER.length))) {
            throw new VaultException("This vault was not made with a key file: open it with what it was made with.");
        }
        byte[] own = read();
        try {
            return AesGcm.of(own).decrypt(Arrays.copyOfRange(wrapped, HEADER.length, wrapped.length), HEADER);
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "The key file " + file + " is not the one that this vault was made with, or the vault was altered:"
                            + " put back the right file.",
                    e);
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    private void make() throws IOException {
        byte[] fresh = Random.randBytes(AesGcm.KEY_BYTES);
        // Under another name first: a program that dies here must not leave half a key.
        Path part = file.toAbsolutePath().resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        OwnerOnly.createFile(part);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(fresh);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncDirectory(part.resolveSibling(".").normalize());
    }

    private byte[] read() throws IOException {
        try (var input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(AesGcm.KEY_BYTES + 1);
            if (bytes.length != AesGcm.KEY_BYTES) {
                throw new VaultException("The key file " + file + " has not the " + AesGcm.KEY_BYTES
                        + " bytes of a key: put back the right file.");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new VaultException(
                    "The key file " + file + " is missing: put it back, without it nothing in the vault can be opened.",
                    e);
        }
    }

    @Override
    public String toString() {
        return "KeyEncryptionKey[key file " + file + "]";
    }
}
