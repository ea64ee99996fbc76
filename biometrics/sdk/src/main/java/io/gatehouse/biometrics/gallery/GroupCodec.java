package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The groups of a person: which names they may have, and their bytes before they are sealed, with their purpose, so that
 * a row moved elsewhere is noticed. Not even which people are in one group stands in the database in clear.
 */
record GroupCodec(Purpose purpose) {
    /** Of a person or a search. */
    static final int MOST = 256;

    private static final byte FORM = 2;
    // As a zone's code, so that one is a group's name.
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** A copy of what can be the groups of a person. */
    static Set<String> require(Set<String> groups) {
        if (groups.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " groups, not " + groups.size());
        }
        groups.forEach(group -> requireName("group", group));
        return Set.copyOf(groups);
    }

    static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " '" + name
                    + "' is not 1 to 64 lower-case letters, digits, '.', '_' or '-', as a zone's code is");
        }
    }

    byte[] encoded(Set<String> groups) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORM);
        out.writeUTF(purpose.value());
        out.writeShort(groups.size());
        for (String group : new TreeSet<>(groups)) {
            out.writeUTF(group);
        }
        return bytes.toByteArray();
    }

    /**
     * The groups.
     *
     * @throws IOException if something else was sealed there
     */
    Set<String> decoded(byte[] clear, String id) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(clear));
        if (in.readByte() != FORM || !in.readUTF().equals(purpose.value())) {
            throw new StoreException("the groups of the reference " + id + " in the gallery for " + purpose
                    + " were sealed for another purpose: restore the database from a backup");
        }
        Set<String> groups = new LinkedHashSet<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            groups.add(in.readUTF());
        }
        return groups;
    }
}
