package io.gatehouse.core.ledger.verify;

import io.gatehouse.core.ledger.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a ledger was signed with one after the other, as its changes of key are read in order. Each change links
 * two keys that both signed it, so that whoever trusts one key of the chain can trust all. Not thread-safe.
 */
public final class KeyChain {
    private final List<Link> links = new ArrayList<>();

    private record Link(long position, KeyChange change) {}

    /** A chain without a change. */
    public KeyChain() {}

    /**
     * Takes the change in an entry, if it is right: signed by both keys, over the checkpoint of all entries before it,
     * and from the key that was in force.
     *
     * @param position the entry's place
     * @param note     the note in it
     * @param root     the root of the entries before; empty if it is not known
     * @return what is wrong with it, in words; empty if it was taken
     */
    public Optional<String> take(long position, String note, Optional<byte[]> root) {
        KeyChange change;
        try {
            change = KeyChange.parse(note);
        } catch (IllegalArgumentException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
        Optional<String> wrong = wrong(position, change, root);
        if (wrong.isEmpty()) {
            links.add(new Link(position, change));
        }
        return wrong;
    }

    /** As {@link #take}, with what is wrong as a finding. */
    public void check(long position, String note, Optional<byte[]> root, Findings findings) {
        take(position, note, root)
                .ifPresent(words -> findings.add(
                        Kind.FALSE_KEY_CHANGE,
                        position,
                        "The change of the signing key in entry " + position + " is false: " + words + "."));
    }

    private Optional<String> wrong(long position, KeyChange change, Optional<byte[]> root) {
        if (change.note().signed(change.from()) != CheckpointNote.Signed.BY_THIS_KEY) {
            return Optional.of("the old key did not sign it");
        }
        if (change.note().signed(change.to()) != CheckpointNote.Signed.BY_THIS_KEY) {
            return Optional.of("the new key did not sign it");
        }
        if (change.note().size() != position
                || root.filter(hash -> !Arrays.equals(hash, change.note().root()))
                        .isPresent()) {
            return Optional.of("it was signed over other entries than those before it");
        }
        if (newest().filter(key -> !key.equals(change.from())).isPresent()) {
            return Optional.of("it is from another key than the one in force");
        }
        return Optional.empty();
    }

    /** The key of the last change; empty if there was none. */
    public Optional<VerifierKey> newest() {
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(links.get(links.size() - 1).change().to());
    }

    /** The key that signs a checkpoint of so many entries; empty if there was no change. */
    public Optional<VerifierKey> inForce(long size) {
        Optional<VerifierKey> key =
                links.stream().findFirst().map(link -> link.change().from());
        for (Link link : links) {
            if (link.position() < size) {
                key = Optional.of(link.change().to());
            }
        }
        return key;
    }

    /** All keys, the oldest first; none if there was no change. */
    public List<VerifierKey> keys() {
        List<VerifierKey> keys = new ArrayList<>();
        links.stream().findFirst().ifPresent(link -> keys.add(link.change().from()));
        links.forEach(link -> keys.add(link.change().to()));
        return keys;
    }

    /** The changes whose entries stand at this place or after it, in order. */
    public List<KeyChange> changesFrom(long position) {
        return links.stream()
                .filter(link -> link.position() >= position)
                .map(Link::change)
                .toList();
    }

    @Override
    public String toString() {
        return "KeyChain" + keys();
    }
}
