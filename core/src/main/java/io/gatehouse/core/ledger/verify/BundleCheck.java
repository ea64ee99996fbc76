package io.gatehouse.core.ledger.verify;

import io.gatehouse.core.ledger.verify.Finding.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds a bundle of entries against their hashes and says which entries were altered, removed, added or moved. */
final class BundleCheck {
    private static final int LENGTH_BYTES = 2;

    private final Findings findings;
    private final Sha256 sha256 = new Sha256();
    /** The changes of key in a bundle, by the hash of their entry. */
    private final Map<ByteBuffer, String> changes = new HashMap<>();

    BundleCheck(Findings findings) {
        this.findings = findings;
    }

    /** The most bytes of a bundle. */
    static int maxBytes(int entries) {
        return entries * (LENGTH_BYTES + TilePath.MAX_ENTRY_BYTES);
    }

    /** Also gives the changes of key that are among the signed entries, by their place. */
    SortedMap<Long, String> check(String name, byte[] bundle, long first, List<byte[]> signed) {
        changes.clear();
        List<byte[]> found = leafHashes(name, bundle, first, signed.size());
        if (found.size() == signed.size()) {
            compareInPlace(first, found, signed);
        } else {
            align(first, found, signed);
        }
        SortedMap<Long, String> placed = new TreeMap<>();
        for (int i = 0; i < signed.size() && !changes.isEmpty(); i++) {
            String change = changes.get(ByteBuffer.wrap(signed.get(i)));
            if (change != null) {
                placed.put(first + i, change);
            }
        }
        return placed;
    }

    /** The hashes of the entries, up to where the bundle breaks off. */
    private List<byte[]> leafHashes(String name, byte[] bundle, long first, int expected) {
        List<byte[]> hashes = new ArrayList<>(expected);
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.hasRemaining() && hashes.size() <= expected) {
            int length = rest.remaining() < LENGTH_BYTES ? -1 : rest.getShort() & 0xFFFF;
            if (length < 0 || length > rest.remaining()) {
                findings.add(
                        Kind.MALFORMED,
                        first + Math.min(hashes.size(), expected - 1),
                        "The file " + name + " breaks off within entry " + (first + hashes.size()) + ".");
                break;
            }
            byte[] hash = sha256.leaf(bundle, rest.position(), length);
            hashes.add(hash);
            KeyChangeEntry.note(bundle, rest.position(), length)
                    .ifPresent(note -> changes.put(ByteBuffer.wrap(hash), note));
            rest.position(rest.position() + length);
        }
        return hashes;
    }

    private void compareInPlace(long first, List<byte[]> found, List<byte[]> signed) {
        Map<ByteBuffer, Integer> displaced = new HashMap<>();
        for (int i = 0; i < signed.size(); i++) {
            if (!Arrays.equals(found.get(i), signed.get(i))) {
                displaced.put(ByteBuffer.wrap(signed.get(i)), i);
            }
        }
        for (int i = 0; i < signed.size() && !displaced.isEmpty(); i++) {
            if (Arrays.equals(found.get(i), signed.get(i))) {
                continue;
            }
            Integer origin = displaced.get(ByteBuffer.wrap(found.get(i)));
            long index = first + i;
            if (origin == null) {
                altered(index);
            } else {
                findings.add(
                        Kind.REORDERED, index, "Entry " + (first + origin) + " stands in the place of " + index + ".");
            }
        }
    }

    private void altered(long index) {
        findings.add(Kind.ALTERED, index, "Entry " + index + " is not what its hash was made of: it was altered.");
    }

    /** Another number than there should be: steps over what is missing where a later entry follows. */
    private void align(long first, List<byte[]> found, List<byte[]> signed) {
        int at = 0;
        for (int i = 0; i < signed.size(); i++) {
            long index = first + i;
            if (at < found.size() && Arrays.equals(found.get(at), signed.get(i))) {
                at++;
            } else if (at == found.size() || indexOf(signed, found.get(at)) > i) {
                findings.add(Kind.MISSING, index, "Entry " + index + " is missing.");
            } else {
                altered(index);
                at++;
            }
        }
        if (at < found.size()) {
            findings.add(
                    Kind.SURPLUS,
                    first + signed.size() - 1,
                    "After entry " + (first + signed.size() - 1) + " stand entries that were never signed.");
        }
    }

    private static int indexOf(List<byte[]> hashes, byte[] hash) {
        for (int i = 0; i < hashes.size(); i++) {
            if (Arrays.equals(hashes.get(i), hash)) {
                return i;
            }
        }
        return -1;
    }
}
