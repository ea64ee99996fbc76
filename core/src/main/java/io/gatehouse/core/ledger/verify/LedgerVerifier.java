package io.gatehouse.core.ledger.verify;

import io.gatehouse.core.ledger.verify.Finding.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported ledger (C2SP {@code tlog-tiles}) with nothing but its public key, and says what is wrong where:
 * entries that were altered, removed, moved or added, hashes and signatures that are false. With a checkpoint that was
 * kept elsewhere it also says whether the ledger was shortened or given another past since. Immutable and thread-safe;
 * needs the JDK only and a memory that does not grow with the ledger.
 *
 * <p>A ledger's key changes by entries that both keys signed: any key that was ever in force will do to check an export,
 * and a verified one says which is the newest. A change that only one key signed is refused.
 *
 * <p>Someone who holds the signing key can sign another history. That is found only by comparing with a checkpoint that
 * was kept out of their reach.
 */
public final class LedgerVerifier {
    private static final int VERIFIED = 0;
    private static final int REFUTED = 1;
    private static final int NOT_POSSIBLE = 2;

    private static final String USAGE =
            "Usage: LedgerVerifier <directory> <verifier key> [<file with a kept checkpoint>]"
                    + " [--witness <key>]... [--needed <how many of them>]";

    private final VerifierKey key;
    private final Witnesses witnesses;

    private LedgerVerifier(VerifierKey key, Witnesses witnesses) {
        this.key = Objects.requireNonNull(key, "key");
        this.witnesses = Objects.requireNonNull(witnesses, "witnesses");
    }

    /** A verifier of the ledger with this key; take the key from where the ledger's keeper cannot exchange it. */
    public static LedgerVerifier of(VerifierKey key) {
        return new LedgerVerifier(key, Witnesses.NONE);
    }

    /** The same verifier, for which a checkpoint must also be cosigned by witnesses. */
    public LedgerVerifier requiring(Witnesses needed) {
        return new LedgerVerifier(key, needed);
    }

    /**
     * Checks an export.
     *
     * @throws IOException if the directory cannot be read
     */
    public Verification verify(Path directory) throws IOException {
        return new Run(directory, null).verify();
    }

    /**
     * Checks an export, also against a checkpoint that was kept elsewhere.
     *
     * @param known the kept note
     * @throws IOException              if the directory cannot be read
     * @throws IllegalArgumentException if the kept note is none, or not signed by this key
     */
    public Verification verify(Path directory, String known) throws IOException {
        return new Run(directory, CheckpointNote.parse(known)).verify();
    }

    /** One verification. */
    private final class Run {
        private final ExportFiles files;
        private final @Nullable CheckpointNote known;
        private final Findings findings = new Findings();
        private final HashTiles upper;
        private final BundleCheck bundles = new BundleCheck(findings);
        private final MerkleTree tree = new MerkleTree();
        private final KeyChain chain = new KeyChain();

        Run(Path directory, @Nullable CheckpointNote known) throws IOException {
            if (!Files.isDirectory(directory)) {
                throw new IOException(directory + " is no directory: give the one that the ledger was exported to");
            }
            this.files = new ExportFiles(directory);
            this.known = known;
            this.upper = new HashTiles(files, findings);
        }

        Verification verify() throws IOException {
            Optional<CheckpointNote> note = checkpoint();
            if (note.isEmpty()) {
                return findings.refuted();
            }
            if (known != null && known.size() > note.get().size()) {
                findings.add(
                        Kind.ROLLED_BACK,
                        note.get().size(),
                        "The ledger has " + note.get().size() + " entries, but " + known.size()
                                + " were signed before: the newest are missing.");
            }
            boolean complete = walk(note.get().size());
            if (complete && !Arrays.equals(tree.root(), note.get().root())) {
                findings.add(
                        Kind.WRONG_ROOT,
                        Finding.WHOLE,
                        "The hashes of the entries give another root than the"
                                + " signed one: hashes were altered, or the checkpoint is of another ledger.");
            }
            findings.checkSignature(note.get(), inForce(note.get().size()));
            witnesses.check(note.get(), findings);
            requireKnownSigned();
            return findings.outcome(note.get(), chain.newest().orElse(key));
        }

        /** By the changes of key if they lead to or from the key that was given; else they could be anybody's. */
        private VerifierKey inForce(long size) {
            return chain.keys().contains(key) ? chain.inForce(size).orElse(key) : key;
        }

        private void requireKnownSigned() {
            if (known != null
                    && known.signed(key) != CheckpointNote.Signed.BY_THIS_KEY
                    && known.signed(inForce(known.size())) != CheckpointNote.Signed.BY_THIS_KEY) {
                throw new IllegalArgumentException("the kept checkpoint is not signed by the key of " + key.name()
                        + ", nor by one that it leads to");
            }
        }

        private Optional<CheckpointNote> checkpoint() throws IOException {
            Optional<byte[]> bytes = files.read(TilePath.CHECKPOINT, CheckpointNote.MAX_CHARACTERS);
            if (bytes.isEmpty()) {
                findings.add(Kind.MISSING, Finding.WHOLE, "The checkpoint is missing: nothing says what was signed.");
                return Optional.empty();
            }
            try {
                return Optional.of(CheckpointNote.parse(new String(bytes.get(), StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                findings.add(Kind.MALFORMED, Finding.WHOLE, "The checkpoint cannot be read: " + e.getMessage() + ".");
                return Optional.empty();
            }
        }

        /** Reads tile by tile. False if hashes were missing, so that there is no root to compare. */
        private boolean walk(long size) throws IOException {
            boolean complete = true;
            int absent = 0;
            compareWithKnown();
            for (long first = 0; first < size && absent < 2; first += TilePath.WIDTH) {
                int width = (int) Math.min(TilePath.WIDTH, size - first);
                List<byte[]> hashes = hashes(first, width);
                Optional<SortedMap<Long, String>> entries = entries(first, width, hashes);
                // A false size may claim more entries than any disk holds; two tiles without anything end the walk.
                absent = hashes.isEmpty() && entries.isEmpty() ? absent + 1 : 0;
                complete &= !hashes.isEmpty();
                SortedMap<Long, String> changes = entries.orElse(Collections.emptySortedMap());
                if (complete) {
                    append(hashes, changes);
                } else {
                    changes.forEach((index, change) -> chain.check(index, change, Optional.empty(), findings));
                }
            }
            if (complete) {
                upper.end();
            }
            return complete && tree.size() == size;
        }

        private void append(List<byte[]> hashes, SortedMap<Long, String> changes) throws IOException {
            for (byte[] hash : hashes) {
                String change = changes.get(tree.size());
                if (change != null) {
                    chain.check(tree.size(), change, Optional.of(tree.root()), findings);
                }
                tree.append(hash);
                compareWithKnown();
            }
            if (hashes.size() == TilePath.WIDTH) {
                upper.full(hashes);
            }
        }

        private void compareWithKnown() {
            if (known != null && tree.size() == known.size() && !Arrays.equals(tree.root(), known.root())) {
                findings.add(
                        Kind.FORKED,
                        Finding.WHOLE,
                        "The first " + known.size()
                                + " entries are not those of the kept checkpoint: the ledger was given another past.");
            }
        }

        private List<byte[]> hashes(long first, int width) throws IOException {
            String name = TilePath.hashes(0, first / TilePath.WIDTH, width);
            Optional<byte[]> tile = files.read(name, width * Sha256.BYTES);
            if (tile.isEmpty() || tile.get().length != width * Sha256.BYTES) {
                findings.add(
                        tile.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
                        first,
                        "The hashes of entries " + first + " to " + (first + width - 1) + " in " + name
                                + (tile.isEmpty() ? " are missing." : " have not their length."));
                return List.of();
            }
            List<byte[]> hashes = new ArrayList<>(width);
            for (int at = 0; at < width; at++) {
                hashes.add(Arrays.copyOfRange(tile.get(), at * Sha256.BYTES, (at + 1) * Sha256.BYTES));
            }
            return hashes;
        }

        /** The changes of key among the entries; empty if there are no entries. */
        private Optional<SortedMap<Long, String>> entries(long first, int width, List<byte[]> hashes)
                throws IOException {
            String name = TilePath.entries(first / TilePath.WIDTH, width);
            Optional<byte[]> bundle = files.read(name, BundleCheck.maxBytes(width));
            if (bundle.isEmpty()) {
                findings.add(
                        Kind.MISSING,
                        first,
                        "The entries " + first + " to " + (first + width - 1) + " in " + name + " are missing.");
                return Optional.empty();
            }
            return Optional.of(
                    hashes.isEmpty() ? Collections.emptySortedMap() : bundles.check(name, bundle.get(), first, hashes));
        }
    }

    /**
     * {@code LedgerVerifier <directory> <verifier key> [<file with a kept checkpoint>]}, and {@code --witness <key>} for
     * each witness, of which all must have cosigned, or as many as {@code --needed} says; ends with 0 if the ledger is
     * verified, 1 if something is wrong with it, 2 if it could not be checked.
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        List<String> places = new ArrayList<>();
        List<WitnessKey> keys = new ArrayList<>();
        int needed = -1;
        try {
            for (int i = 0; i < arguments.length; i++) {
                boolean hasValue = i + 1 < arguments.length;
                if (arguments[i].equals("--witness") && hasValue) {
                    keys.add(WitnessKey.parse(arguments[++i]));
                } else if (arguments[i].equals("--needed") && hasValue) {
                    needed = Integer.parseInt(arguments[++i]);
                } else {
                    places.add(arguments[i]);
                }
            }
            if (places.size() < 2 || places.size() > 3 || places.stream().anyMatch(each -> each.startsWith("--"))) {
                err.println(USAGE);
                return NOT_POSSIBLE;
            }
            LedgerVerifier verifier = of(VerifierKey.parse(places.get(1)))
                    .requiring(new Witnesses(needed < 0 ? keys.size() : needed, keys));
            Path directory = Path.of(places.get(0));
            Verification verification = places.size() == 2
                    ? verifier.verify(directory)
                    : verifier.verify(directory, Files.readString(Path.of(places.get(2))));
            return verification.fold(verified -> say(verified, out), refuted -> say(refuted, out));
        } catch (IOException | IllegalArgumentException e) {
            err.println("It could not be checked: " + e.getMessage());
            return NOT_POSSIBLE;
        }
    }

    private static int say(Verification.Verified verified, PrintStream out) {
        out.println(
                "Verified: " + verified.origin() + ", " + verified.size() + " entries, root " + verified.rootHash());
        out.println("Newest key: " + verified.newest());
        return VERIFIED;
    }

    private static int say(Verification.Refuted refuted, PrintStream out) {
        out.println("Not verified:");
        refuted.findings().forEach(finding -> out.println("  " + finding));
        if (refuted.further() > 0) {
            out.println("  and " + refuted.further() + " more");
        }
        return REFUTED;
    }
}
