package io.gatehouse.core.ledger.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A ledger's size and root hash with their signatures, in the C2SP formats {@code tlog-checkpoint} and
 * {@code signed-note}. Immutable and thread-safe. Reading is bounded and throws {@link IllegalArgumentException} for a
 * note that is not of these forms.
 */
public final class CheckpointNote {
    static final int MAX_CHARACTERS = 64 << 10;

    private static final String SIGNATURE = "\u2014 ";
    private static final int MAX_SIGNATURES = 64;

    private final String origin;
    private final long size;
    private final byte[] root;
    private final String body;
    private final List<NoteSignature> signatures;

    private record NoteSignature(String name, byte[] keyId, byte[] signature) {
        boolean isBy(String otherName, byte[] otherId) {
            return name.equals(otherName) && Arrays.equals(keyId, otherId);
        }
    }

    /** What a note's signatures say of a key. */
    public enum Signed {
        /** It signed this. */
        BY_THIS_KEY,
        /** There is a signature that names this key, but it did not sign this. */
        FALSELY,
        /** No signature names this key. */
        BY_OTHERS
    }

    private CheckpointNote(String origin, long size, byte[] root, String body, List<NoteSignature> signatures) {
        this.origin = origin;
        this.size = size;
        this.root = root;
        this.body = body;
        this.signatures = signatures;
    }

    /** The lines that are signed. */
    public static String body(String origin, long size, byte[] root) {
        return VerifierKey.requireName(origin) + "\n" + size + "\n"
                + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** A note of a body and its Ed25519 signature by this key. */
    public static String sign(String body, VerifierKey key, byte[] signature) {
        return body + "\n" + line(key.name(), key.id(), signature);
    }

    /** The same note with one more signature. */
    public static String add(String note, VerifierKey key, byte[] signature) {
        return note + line(key.name(), key.id(), signature);
    }

    static String line(String name, byte[] keyId, byte[] signature) {
        byte[] named = Arrays.copyOf(keyId, NoteKeyCodec.ID_BYTES + signature.length);
        System.arraycopy(signature, 0, named, NoteKeyCodec.ID_BYTES, signature.length);
        return SIGNATURE + name + " " + Base64.getEncoder().encodeToString(named) + "\n";
    }

    /** Reads a note; whether its signatures are right is asked by {@link #signed}. */
    public static CheckpointNote parse(String note) {
        int end = note.length() > MAX_CHARACTERS ? -1 : note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("a signed note has lines, an empty line and signature lines, in at most "
                    + MAX_CHARACTERS + " characters");
        }
        String body = note.substring(0, end + 1);
        String[] lines = body.split("\n", -1);
        if (lines.length < 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException(
                    "a checkpoint has a line each of the ledger's name, its size and its root hash");
        }
        byte[] root = Base64.getDecoder().decode(lines[2]);
        if (root.length != Sha256.BYTES) {
            throw new IllegalArgumentException(
                    "a checkpoint's root hash has " + Sha256.BYTES + " bytes, this one " + root.length);
        }
        return new CheckpointNote(
                VerifierKey.requireName(lines[0]),
                Long.parseLong(lines[1]),
                root,
                body,
                signatures(note.substring(end + 2)));
    }

    private static List<NoteSignature> signatures(String lines) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (!line.startsWith(SIGNATURE) || space < SIGNATURE.length() || signatures.size() == MAX_SIGNATURES) {
                throw new IllegalArgumentException(
                        "a signature line is a dash, the key's name and Base64, and there are at most "
                                + MAX_SIGNATURES);
            }
            byte[] named = Base64.getDecoder().decode(line.substring(space + 1));
            if (named.length <= NoteKeyCodec.ID_BYTES) {
                throw new IllegalArgumentException("a signature line has no signature");
            }
            signatures.add(new NoteSignature(
                    line.substring(SIGNATURE.length(), space),
                    Arrays.copyOf(named, NoteKeyCodec.ID_BYTES),
                    Arrays.copyOfRange(named, NoteKeyCodec.ID_BYTES, named.length)));
        }
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("a signed note has at least one signature line");
        }
        return List.copyOf(signatures);
    }

    /** Whether this key signed it; signatures of others are left aside. */
    public Signed signed(VerifierKey key) {
        byte[] id = key.id();
        byte[] message = body.getBytes(StandardCharsets.UTF_8);
        Signed answer = Signed.BY_OTHERS;
        for (NoteSignature each : signatures) {
            if (each.isBy(key.name(), id)) {
                if (key.verifies(message, each.signature())) {
                    return Signed.BY_THIS_KEY;
                }
                answer = Signed.FALSELY;
            }
        }
        return answer;
    }

    /** What the cosignatures say of a witness: whether it cosigned this. Those of others are left aside. */
    public Signed cosigned(WitnessKey key) {
        Signed answer = Signed.BY_OTHERS;
        for (NoteSignature each : signatures) {
            if (each.isBy(key.name(), key.id())) {
                if (cosignature(key, each).filter(found -> found.isOf(this)).isEmpty()) {
                    return Signed.FALSELY;
                }
                answer = Signed.BY_THIS_KEY;
            }
        }
        return answer;
    }

    /** The right cosignature of a witness. */
    public Optional<Cosignature> cosignature(WitnessKey key) {
        return signatures.stream()
                .filter(each -> each.isBy(key.name(), key.id()))
                .flatMap(each -> cosignature(key, each).stream())
                .filter(found -> found.isOf(this))
                .findFirst();
    }

    private static Optional<Cosignature> cosignature(WitnessKey key, NoteSignature line) {
        ByteBuffer bytes = ByteBuffer.wrap(line.signature());
        if (bytes.remaining() != Long.BYTES + Cosignature.SIGNATURE_BYTES || bytes.getLong(0) < 0) {
            return Optional.empty();
        }
        long seconds = bytes.getLong();
        byte[] signature = new byte[Cosignature.SIGNATURE_BYTES];
        bytes.get(signature);
        return Optional.of(new Cosignature(key, seconds, signature));
    }

    /**
     * The note with a cosignature in the place of what the witness gave before.
     *
     * @throws IllegalArgumentException if it is not of this checkpoint, or there are too many signatures
     */
    public String with(Cosignature cosignature) {
        if (!cosignature.isOf(this)) {
            throw new IllegalArgumentException(
                    "the cosignature of " + cosignature.key().name() + " is of another note");
        }
        StringBuilder lines = new StringBuilder(body).append('\n');
        for (NoteSignature each : signatures) {
            if (!each.isBy(cosignature.key().name(), cosignature.key().id())) {
                lines.append(line(each.name(), each.keyId(), each.signature()));
            }
        }
        return parse(lines.append(cosignature.line()).toString()).toNote();
    }

    /** The whole note, as it was read. */
    public String toNote() {
        StringBuilder lines = new StringBuilder(body).append('\n');
        signatures.forEach(each -> lines.append(line(each.name(), each.keyId(), each.signature())));
        return lines.toString();
    }

    String body() {
        return body;
    }

    /** The lines after the root hash, which are signed too. */
    public List<String> extensions() {
        return body.lines().skip(3).toList();
    }

    public String origin() {
        return origin;
    }

    public long size() {
        return size;
    }

    /** The 32 bytes of the tree hash. */
    public byte[] root() {
        return root.clone();
    }

    @Override
    public String toString() {
        return "CheckpointNote[" + origin + ", size " + size + "]";
    }
}
