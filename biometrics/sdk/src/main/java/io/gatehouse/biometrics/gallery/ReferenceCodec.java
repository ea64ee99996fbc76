package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The bytes of a reference before they are sealed: with its purpose and pack, so that a row moved elsewhere is noticed. */
record ReferenceCodec(Purpose purpose, String packId, int dimension) {
    private static final byte FORM = 1;

    byte[] encoded(float[] vector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORM);
        out.writeUTF(purpose.value());
        out.writeUTF(packId);
        out.writeInt(vector.length);
        for (float value : vector) {
            out.writeFloat(value);
        }
        return bytes.toByteArray();
    }

    /**
     * The vector.
     *
     * @throws IOException if it was sealed for another purpose or pack, or is cut short
     */
    float[] decoded(byte[] clear, String id) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(clear));
        if (in.readByte() != FORM
                || !in.readUTF().equals(purpose.value())
                || !in.readUTF().equals(packId)
                || in.readInt() != dimension) {
            throw new StoreException("the reference " + id + " in the gallery for " + purpose
                    + " was sealed for another purpose or model pack: restore the database from a backup");
        }
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = in.readFloat();
        }
        return vector;
    }
}
