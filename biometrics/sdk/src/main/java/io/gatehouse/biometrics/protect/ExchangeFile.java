package io.gatehouse.biometrics.protect;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import io.gatehouse.core.identity.PersonId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Templates on their way between sites: sealed to the receiver's key, signed by the sender, on terms that nobody can alter.
 * Written and read as a stream in the memory of one segment. Thread-safe; readers and writers are for one thread.
 *
 * <p>The bytes, numbers big-endian:
 * <pre>
 * 4   "GHTX"
 * 1   version, 1
 * 32  SHA-256 of the receiver's public key
 * 2   length of the terms, n
 * n   terms: 16 id, 8 issued and 8 expires (milliseconds since 1970), 2 dimension, 4 count, then
 *     sender, purpose and pack, each 1 length and UTF-8
 * 80  the file's own key: HPKE (32 encapsulated key, 32 cipher text, 16 tag), bound to all bytes before it
 * 64  Ed25519 signature of all bytes before it
 * …   the templates: Tink's AES256-GCM-HKDF streaming encryption under the file's key in segments of 64 KiB, bound to
 *     SHA-256 of all bytes before it. Each template: 2 length and person, 2 length and basis, 8 enrolled
 *     (milliseconds), 4 × dimension numbers (IEEE 754)
 * </pre>
 *
 * <p>HPKE's base mode does not say who sent a file. The signature does: over the terms and the sealed key, which only sender
 * and receiver know, so that nobody else can have made the templates either.
 */
public final class ExchangeFile {
    private static final byte[] MAGIC = "GHTX".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int DIGEST_BYTES = 32;
    private static final int SEALED_KEY_BYTES = 80;
    private static final int SIGNATURE_BYTES = 64;
    private static final int FIRST_BYTES = 4 + 1 + DIGEST_BYTES + 2;
    private static final int SEGMENT = 1 << 16;
    private static final int MOST_NAME = 1_024;
    private static final String SIGNING = "Ed25519";

    private ExchangeFile() {}

    /** Takes templates, as many as the terms say, and then {@link #close}. */
    public static final class Writer implements AutoCloseable {
        private final ExchangeTerms terms;
        private final DataOutputStream out;
        private int left;

        private Writer(ExchangeTerms terms, OutputStream out) {
            this.terms = terms;
            this.out = new DataOutputStream(out);
            this.left = terms.count();
        }

        public void add(ExchangedTemplate template) throws IOException {
            float[] vector = template.vector();
            if (vector.length != terms.dimension() || left == 0) {
                throw new IllegalArgumentException("the terms are of " + terms.count() + " templates of "
                        + terms.dimension() + " numbers; this one has " + vector.length + ", " + left + " are left");
            }
            left--;
            ByteBuffer numbers = ByteBuffer.allocate(vector.length * Float.BYTES);
            numbers.asFloatBuffer().put(vector);
            writeText(template.person().value());
            writeText(template.basis());
            out.writeLong(template.enrolledAt().toEpochMilli());
            out.write(numbers.array());
            Arrays.fill(vector, 0);
            Arrays.fill(numbers.array(), (byte) 0);
        }

        private void writeText(String text) throws IOException {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeShort(utf8.length);
            out.write(utf8);
        }

        /**
         * Ends the file.
         *
         * @throws IOException if it cannot be written, or templates are missing; then no receiver takes it
         */
        @Override
        public void close() throws IOException {
            if (left > 0) {
                throw new IOException(
                        left + " of " + terms.count() + " templates are missing, so the file is not ended");
            }
            out.close();
        }
    }

    /**
     * Begins a file.
     *
     * @param receiver the receiver's public key, see {@link ExchangeKey}
     * @param signer   the sender's Ed25519 key
     */
    public static Writer write(
            OutputStream out, ExchangeTerms terms, byte[] receiver, PrivateKey signer, SecureRandom random)
            throws IOException {
        byte[] encoded = terms.encoded();
        byte[] first = ByteBuffer.allocate(FIRST_BYTES + encoded.length)
                .put(MAGIC)
                .put(VERSION)
                .put(sha256(receiver))
                .putShort((short) encoded.length)
                .put(encoded)
                .array();
        byte[] key = new byte[ExchangeKey.KEY_BYTES];
        random.nextBytes(key);
        try {
            byte[] signed = joined(first, ExchangeKey.seal(receiver, key, first));
            Signature signature = Signature.getInstance(SIGNING);
            signature.initSign(signer);
            signature.update(signed);
            byte[] head = joined(signed, signature.sign());
            out.write(head);
            return new Writer(terms, cipher(key).newEncryptingStream(out, sha256(head)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the sender's key is no " + SIGNING + " key", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Gives templates one by one, each authenticated. */
    public static final class Reader implements AutoCloseable {
        private final ExchangeTerms terms;
        private final DataInputStream in;
        private int left;

        private Reader(ExchangeTerms terms, InputStream in) {
            this.terms = terms;
            this.in = new DataInputStream(in);
            this.left = terms.count();
        }

        public ExchangeTerms terms() {
            return terms;
        }

        /** Whether there is one more; if not, the file was seen to end where it must. */
        public boolean hasNext() throws IOException {
            if (left > 0) {
                return true;
            }
            try {
                if (in.read() >= 0) {
                    throw damaged("has more templates than its terms say", null);
                }
            } catch (ExchangeRefusedException e) {
                throw e;
            } catch (IOException e) {
                throw damaged("was altered or cut", e);
            }
            return false;
        }

        /**
         * The next template.
         *
         * @throws ExchangeRefusedException if the file was altered or cut, or has something that is no template
         */
        public ExchangedTemplate next() throws IOException {
            try {
                PersonId person = PersonId.of(text(MOST_NAME));
                String basis = text(ExchangedTemplate.MOST_BASIS);
                Instant at = Instant.ofEpochMilli(in.readLong());
                byte[] bytes = new byte[terms.dimension() * Float.BYTES];
                in.readFully(bytes);
                float[] vector = new float[terms.dimension()];
                ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
                ExchangedTemplate template = new ExchangedTemplate(person, basis, at, vector);
                Arrays.fill(vector, 0);
                Arrays.fill(bytes, (byte) 0);
                left--;
                return template;
            } catch (ExchangeRefusedException e) {
                throw e;
            } catch (IOException | IllegalArgumentException | DateTimeException e) {
                throw damaged("was altered or cut, or a template is none", e);
            }
        }

        private String text(int most) throws IOException {
            int length = in.readUnsignedShort();
            if (length > most) {
                throw damaged("has a name of " + length + " bytes", null);
            }
            byte[] utf8 = new byte[length];
            in.readFully(utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /**
     * Opens a file; nothing of it is believed before signature and tags are right.
     *
     * @param key    the receiver's
     * @param sender the public Ed25519 key of the sender whose files are taken
     * @throws ExchangeRefusedException if it is damaged, forged, by another sender or for another receiver
     */
    public static Reader read(InputStream in, ExchangeKey key, PublicKey sender) throws IOException {
        byte[] first = in.readNBytes(FIRST_BYTES);
        if (first.length < FIRST_BYTES || !Arrays.equals(first, 0, 4, MAGIC, 0, 4) || first[4] != VERSION) {
            throw ExchangeRefusedException.of("no-exchange-file", "This is no exchange file of version 1.");
        }
        int length = ByteBuffer.wrap(first).getShort(FIRST_BYTES - 2) & 0xFFFF;
        if (length > ExchangeTerms.MOST_BYTES) {
            throw damaged("has terms of " + length + " bytes", null);
        }
        if (!MessageDigest.isEqual(Arrays.copyOfRange(first, 5, 5 + DIGEST_BYTES), sha256(key.publicKey()))) {
            throw ExchangeRefusedException.of(
                    "other-receiver",
                    "The file is sealed for another receiver: ask the sender to use this site's key.");
        }
        byte[] rest = in.readNBytes(length + SEALED_KEY_BYTES + SIGNATURE_BYTES);
        if (rest.length < length + SEALED_KEY_BYTES + SIGNATURE_BYTES) {
            throw damaged("was cut", new EOFException());
        }
        byte[] head = joined(first, rest);
        requireSignature(head, sender);
        try {
            byte[] bound = Arrays.copyOf(head, FIRST_BYTES + length);
            byte[] fileKey = key.open(Arrays.copyOfRange(rest, length, length + SEALED_KEY_BYTES), bound);
            ExchangeTerms terms = ExchangeTerms.decoded(Arrays.copyOf(rest, length));
            InputStream clear = cipher(fileKey).newDecryptingStream(in, sha256(head));
            Arrays.fill(fileKey, (byte) 0);
            return new Reader(terms, clear);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw damaged("was altered", e);
        }
    }

    private static void requireSignature(byte[] head, PublicKey sender) throws ExchangeRefusedException {
        int signed = head.length - SIGNATURE_BYTES;
        try {
            Signature signature = Signature.getInstance(SIGNING);
            signature.initVerify(sender);
            signature.update(head, 0, signed);
            if (signature.verify(head, signed, SIGNATURE_BYTES)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw damaged("cannot be checked against this sender's key", e);
        }
        throw ExchangeRefusedException.of("other-sender", "The file was altered, or another sender signed it.");
    }

    private static ExchangeRefusedException damaged(String what, @Nullable Throwable cause) {
        ExchangeRefusedException refused =
                ExchangeRefusedException.of("damaged", "The exchange file " + what + ": ask for it again.");
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    private static AesGcmHkdfStreaming cipher(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", ExchangeKey.KEY_BYTES, SEGMENT, 0);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }
}
